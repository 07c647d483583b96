import { Link } from '@tanstack/react-router'
import type { Event } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { EventSentence } from '@/components/EventSentence'
import { Ago } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { WaitingRows } from '@/components/WaitingRows'
import { useSteadyList } from '@/lib/steadyList'
import { texts } from './texts'

/** Event ids are unique within an account only. */
const idOf = ({ accountId, id }: Event) => `${accountId}/${id}`

export function LatestEvents({ events }: { events: readonly Event[] }) {
  const { rows: all, hold, showWaiting } = useSteadyList(events, idOf, useAccountFilter() ?? 'all')
  // No more than there are: what is all new would come below what is held.
  const rows = all.slice(0, events.length)
  const waiting = events.filter((event) => !rows.some(({ id }) => id === idOf(event))).length
  return (
    <Card
      title={texts.latestEvents.title}
      action={
        <Link to="/events" className="text-accent-text hover:underline">
          {texts.latestEvents.allEvents}
        </Link>
      }
    >
      <WaitingRows count={waiting} onShow={showWaiting} />
      {rows.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-text-3">{texts.latestEvents.none}</p>
      ) : (
        <ul className="text-14" {...hold}>
          {rows.map(({ id, item: event }) => (
            <li key={id} className="flex items-center border-t border-line px-4 row-h first:border-t-0">
              <Ago at={event.timestamp} className="w-24 shrink-0 text-text-3" />
              <span className="min-w-0 truncate">
                <EventSentence event={event} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
