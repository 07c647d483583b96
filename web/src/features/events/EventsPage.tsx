import { List as ListIcon } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Event } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { EventSentence, eventText } from '@/components/EventSentence'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { Ago, Clock } from '@/components/Time'
import { useAccounts } from '@/queries/accounts'
import { eventId, useEvents } from '@/queries/events'

const EVENTS: ListDefinition<Event> = {
  id: 'events',
  label: 'Events',
  one: 'event',
  idOf: eventId,
  nameLines: 2,
  name: { id: 'what', title: 'What', text: eventText, cell: (event) => <EventSentence event={event} /> },
  columns: [
    { id: 'when', title: 'When', width: 112, priority: 9, leads: true, card: 'below', text: ({ timestamp }) => timestamp, cell: ({ timestamp }) => <Ago at={timestamp} className="text-text-3" /> },
    {
      id: 'activity',
      title: 'Activity',
      width: 190,
      priority: 4,
      text: ({ activityCode }) => activityCode,
      cell: ({ activityCode }) => <span className="font-mono text-12 text-text-3">{activityCode}</span>,
    },
    { id: 'time', title: 'Time', width: 150, priority: 5, cell: ({ timestamp }) => <Clock at={timestamp} className="text-text-3" /> },
  ],
}

/** The log is one account's: the chosen one's, or that of the oldest, which is said where there are others. */
function useWhose(items: readonly Event[] | undefined): string | undefined {
  const accountId = useAccountFilter()
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const shown = accountId ?? items?.[0]?.accountId
  return accounts && accounts.length > 1 ? accounts.find(({ id }) => id === shown)?.name : undefined
}

/** What people and peers did in NetBird, newest first. */
export function EventsPage() {
  const accountId = useAccountFilter()
  const list = useEvents(accountId ? { accountId } : {})
  const whose = useWhose(list.items)
  return (
    <>
      <AccountBanners />
      <List
        definition={EVENTS}
        list={list}
        lead={
          whose !== undefined && (
            <p className="text-13 text-text-3">
              Events of {whose}.{accountId === undefined && ' Each account has a log of its own: choose another above.'}
            </p>
          )
        }
        note={<DataAge {...(typeof list.total === 'number' && { lead: ' · ' })} />}
        empty={
          <NothingSynced icon={ListIcon} title="No events yet">
            What people and peers do in NetBird is listed here with the next sync.
          </NothingSynced>
        }
      />
    </>
  )
}
