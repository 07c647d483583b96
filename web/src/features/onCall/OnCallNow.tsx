import { PhoneCall, PhoneOff } from 'lucide-react'
import type { Rota } from '@/api/types'
import { Mark } from '@/components/ui/Badge'
import { useEverySecond } from '@/lib/ticker'
import { absolute, ago } from '@/lib/time'
import { shownZone } from './rotaDraft'
import { momentWords } from '@/components/calendar/words'
import { texts } from './texts'

/** Who is on call, as of when it was read; nobody is said to be so in as many words. */
export function OnCallNow({ rota: { onCall } }: { rota: Pick<Rota, 'onCall'> }) {
  return onCall ? (
    <Mark tone="ok" icon={PhoneCall} className="max-w-full text-13">
      <span className="truncate">{onCall.user.name}</span>
    </Mark>
  ) : (
    <Mark tone="warn" icon={PhoneOff} className="text-13">
      {texts.onCallNow.nobody}
    </Mark>
  )
}

/** "Mon 30 Nov, 09:00", by the clocks of the rota, and how far that is. */
export function Until({ rota }: { rota: Rota }) {
  const { until } = rota
  const far = useEverySecond((now) => (until ? ago(new Date(until), now) : ''))
  return until ? (
    <time dateTime={until} title={absolute(new Date(until))} className="text-13 text-text-3">
      {momentWords(until, shownZone(rota))} <span className="sr-only">, {far}</span>
    </time>
  ) : null
}
