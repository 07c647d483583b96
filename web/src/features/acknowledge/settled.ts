import { BellOff, CheckCheck, CircleCheck, CircleDashed, type LucideIcon } from 'lucide-react'
import type { LinkedAlert } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { wordsOf } from '@/lib/named'

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
        ? { title: 'Acknowledged', words: 'The others see that somebody is on it, and nobody else is told. The alert stays until it is over. You can close this page.', icon: CheckCheck, tone: 'ok' }
        : { title: 'Already acknowledged', words: 'Somebody is on it: there is nothing left to do here.', icon: CheckCheck, tone: 'ok' }
    case 'suppressed':
      return { title: 'Suppressed', words: 'Nothing is told of this alert for now. If it is still so when that is over, it opens again.', icon: BellOff, tone: 'muted' }
    case 'resolved':
      return { title: 'It is over', words: 'The alert is resolved: there is nothing left to acknowledge.', icon: CircleCheck, tone: 'ok' }
    default:
      // One that this page has never heard of, or open still, as somebody reopened it meanwhile.
      return { title: wordsOf(status), words: 'It was not acknowledged. Open the link again to try once more.', icon: CircleDashed, tone: 'warn' }
  }
}
