import { List as ListIcon } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { Event } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { EventSentence, eventText } from '@/components/EventSentence'
import type { Column, NameColumn } from '@/components/list/columns'
import { saveCsv } from '@/components/list/csv'
import { ListCards } from '@/components/list/ListCards'
import { ListEnd } from '@/components/list/ListEnd'
import { ListMenu, useChosenColumns } from '@/components/list/ListMenu'
import { ListTable } from '@/components/list/ListTable'
import { LoadedList } from '@/components/list/LoadedList'
import { NothingSynced } from '@/components/NothingSynced'
import { SkeletonRows } from '@/components/Skeleton'
import { Ago, Clock } from '@/components/Time'
import { usePhone } from '@/lib/mediaQuery'
import { plural } from '@/lib/numbers'
import { useAccounts } from '@/queries/accounts'
import { eventId, useEvents } from '@/queries/events'

const WHAT: NameColumn<Event> = { id: 'what', title: 'What', text: eventText, cell: (event) => <EventSentence event={event} /> }

const columnsFor = (accounts: ReadonlyMap<string, string>, several: boolean): Column<Event>[] => [
  { id: 'when', title: 'When', width: 112, priority: 9, card: 'below', text: ({ timestamp }) => timestamp, cell: ({ timestamp }) => <Ago at={timestamp} className="text-text-3" /> },
  {
    id: 'activity',
    title: 'Activity',
    width: 190,
    priority: 4,
    text: ({ activityCode }) => activityCode,
    cell: ({ activityCode }) => <span className="font-mono text-12 text-text-3">{activityCode}</span>,
  },
  { id: 'time', title: 'Time', width: 150, priority: 5, cell: ({ timestamp }) => <Clock at={timestamp} className="text-text-3" /> },
  ...(several
    ? [
        {
          id: 'account',
          title: 'Account',
          width: 112,
          priority: 7,
          card: 'end',
          text: ({ accountId }: Event) => accounts.get(accountId) ?? '',
          cell: ({ accountId }: Event) => <span className="text-text-3">{accounts.get(accountId)}</span>,
        } satisfies Column<Event>,
      ]
    : []),
]

/** What people and peers did in NetBird, newest first. */
export function EventsPage() {
  const accountId = useAccountFilter()
  const phone = usePhone()
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const several = useAccountsInView().length > 1
  const list = useEvents(accountId ? { accountId } : {})
  const { items, total } = list
  const all = useMemo(() => columnsFor(new Map(accounts?.map(({ id, name }) => [id, name])), several), [accounts, several])
  const columns = useChosenColumns('events', all)
  const rows = { label: 'Events', idOf: eventId, name: WHAT, view: accountId ?? '', fading: list.fading, onSee: list.see }
  return (
    <>
      <AccountBanners />
      <div className="mb-4 flex min-h-8 items-center justify-end text-13 whitespace-pre text-text-3">
        {typeof total === 'number' && plural(total, 'event')}
        <DataAge {...(typeof total === 'number' && { lead: ' · ' })} />
        {items && items.length > 0 && <ListMenu list="events" columns={all} loaded={items.length} onSave={() => saveCsv('events', [WHAT, ...all], items)} />}
      </div>
      <LoadedList list={list} what="the events" skeleton={<div className="rounded-lg border border-line bg-surface-1"><SkeletonRows rows={16} /></div>}>
        {(events) =>
          events.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface-1">
              <NothingSynced icon={ListIcon} title="No events yet">
                What people and peers do in NetBird is listed here with the next sync.
              </NothingSynced>
            </div>
          ) : (
            <>
              {phone ? <ListCards {...rows} items={events} columns={all} nameLines={2} /> : <ListTable {...rows} items={events} columns={columns} />}
              <ListEnd list={list} what="events" />
            </>
          )
        }
      </LoadedList>
    </>
  )
}
