import { useConnection } from '@/api/connection'
import { Clock } from '@/components/Time'
import type { OnDemandProps } from '@/components/ui/OnDemand'
import { Popover } from '@/components/ui/Popover'
import { phrase } from '@/lib/phrase'
import { useLive } from '@/live/status'
import { liveLook } from './liveLook'
import { texts } from './onDemandTexts'

/** Why updates come as they do, and since when, for those who ask. */
export default function LiveNote({ trigger }: OnDemandProps) {
  const look = liveLook(useLive(), useConnection().lostAt)
  return (
    <Popover label={texts.liveNote.label} align="end" trigger={trigger}>
      {look && (
        <>
          <h2 className="text-13 font-semibold">
            {phrase(texts.liveNote.since, { what: look.text, when: <Clock at={new Date(look.since).toISOString()} /> })}
          </h2>
          <p className="mt-1 text-13 text-text-2">{look.why}</p>
        </>
      )}
    </Popover>
  )
}
