import { BellOff, CheckCheck, CircleCheck, CircleDashed, type LucideIcon } from 'lucide-react'
import type { LinkedAlert } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { wordsOf } from '@/lib/named'
import { texts } from './texts'

interface Settled {
  title: string
  words: string
  icon: LucideIcon
  tone: Tone
}

/** What is said where nothing is left to be done with a link. `isOwn`: it was acknowledged by it just now. */
export function settled(status: LinkedAlert['status'], isOwn: boolean): Settled {
  switch (status) {
    case 'acknowledged':
      return isOwn
        ? { title: texts.settled.acknowledged, words: texts.settled.othersSeeSomebodyOn, icon: CheckCheck, tone: 'ok' }
        : { title: texts.settled.alreadyAcknowledged, words: texts.settled.somebodyOnThereNothing, icon: CheckCheck, tone: 'ok' }
    case 'suppressed':
      return { title: texts.settled.suppressed, words: texts.settled.nothingToldAlertFor, icon: BellOff, tone: 'muted' }
    case 'resolved':
      return { title: texts.settled.over, words: texts.settled.alertResolvedThereNothing, icon: CircleCheck, tone: 'ok' }
    default:
      // One that this page has never heard of, or open still, as somebody reopened it meanwhile.
      return { title: wordsOf(status), words: texts.settled.wasNotAcknowledgedOpen, icon: CircleDashed, tone: 'warn' }
  }
}
