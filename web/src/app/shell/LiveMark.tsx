import clsx from 'clsx'
import { useConnection } from '@/api/connection'
import { TEXT_TONE } from '@/components/ui/Badge'
import { OnDemand } from '@/components/ui/OnDemand'
import { clock } from '@/lib/time'
import { useEverySecond } from '@/lib/ticker'
import { useLive } from '@/live/status'
import { liveLook } from './liveLook'
import { texts } from './texts'

const note = () => import('./LiveNote')

/** Whether what is on screen changes as it happens, or when it is asked for again. Its place is kept while that is unknown. */
export function LiveMark() {
  const look = liveLook(useLive(), useConnection().lostAt)
  const since = useEverySecond((now) => (look ? clock(new Date(look.since), now) : ''))
  if (look === null) return <span aria-hidden className="size-6 shrink-0 touch:size-9" />
  const { tone, icon: Icon, text, why } = look
  return (
    <OnDemand
      kind="popover"
      load={note}
      rest={{}}
      trigger={
        <button
          type="button"
          title={texts.liveMark.since({ what: text, since, why })}
          className={clsx('flex h-6 min-w-6 shrink-0 items-center justify-center gap-1.5 rounded-full text-12 whitespace-nowrap hover:bg-surface-2 xl:px-2 touch:h-9 touch:min-w-9', TEXT_TONE[tone])}
        >
          <Icon aria-hidden className="size-3.5 shrink-0" />
          <span className="max-xl:sr-only">{text}</span>
        </button>
      }
    />
  )
}
