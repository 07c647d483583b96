import clsx from 'clsx'
import { List } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Event } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { EventSentence } from '@/components/EventSentence'
import { SkeletonRows } from '@/components/Skeleton'
import { NothingSynced } from '@/components/NothingSynced'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute, Ago } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { WaitingRows } from '@/components/WaitingRows'
import { plural } from '@/lib/numbers'
import { useSteadyList } from '@/lib/steadyList'
import { useAccounts } from '@/queries/accounts'
import { useEvents } from '@/queries/events'

const idOf = ({ accountId, id }: Event) => `${accountId}/${id}`

interface EventTableProps {
  events: readonly Event[]
  view: string
  fading: boolean
}

function EventTable({ events, view, fading }: EventTableProps) {
  const steady = useSteadyList(events, idOf, view)
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const names = new Map(accounts?.map(({ id, name }) => [id, name]))
  return (
    <>
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <table aria-label="Events" className={clsx('block w-full text-14 sm:table sm:table-fixed', fading && 'opacity-60')}>
        <thead className="max-sm:sr-only">
          <tr className="row-h text-left text-12 text-text-3">
            <th scope="col" className="w-28 pl-4 font-normal">
              When
            </th>
            <th scope="col" className="px-3 font-normal">
              What
            </th>
            <th scope="col" className="w-48 px-3 font-normal max-lg:hidden">
              Activity
            </th>
            <th scope="col" className="w-56 px-3 font-normal max-lg:hidden">
              Time
            </th>
            <th scope="col" className="w-28 px-3 font-normal">
              Account
            </th>
          </tr>
        </thead>
        <tbody {...steady.hold} className="max-sm:block">
          {steady.rows.map(({ id, item }) => (
            <tr key={id} className="border-t border-line hover:bg-surface-2 max-sm:flex max-sm:flex-wrap max-sm:gap-x-2 max-sm:px-3 max-sm:py-2 sm:row-h">
              <td className="whitespace-nowrap text-text-3 max-sm:text-12 sm:pl-4">
                <Ago at={item.timestamp} />
              </td>
              <td className="max-sm:order-first max-sm:w-full sm:truncate sm:px-3">
                <EventSentence event={item} />
              </td>
              <td className="truncate px-3 font-mono text-12 text-text-3 max-lg:hidden">{item.activityCode}</td>
              <td className="truncate px-3 text-text-3 max-lg:hidden">
                <Absolute at={item.timestamp} />
              </td>
              <td className="truncate text-text-3 max-sm:text-12 sm:px-3">{names.get(item.accountId)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Events() {
  const accountId = useAccountFilter()
  const query = useEvents(accountId ? { accountId } : {})
  const total = query.data?.total

  return (
    <>
      <AccountBanners />
      <p className="mb-4 text-right text-13 text-text-3">
        {typeof total === 'number' && plural(total, 'event')}
        <DataAge {...(typeof total === 'number' && { lead: ' · ' })} />
      </p>
      <div className="rounded-lg border border-line bg-surface-1">
        <Loaded query={query} what="the events" skeleton={<SkeletonRows rows={16} />}>
          {({ items }) =>
            items.length === 0 ? (
              <NothingSynced icon={List} title="No events yet">
                What people and peers do in NetBird is listed here with the next sync.
              </NothingSynced>
            ) : (
              <EventTable events={items} view={accountId ?? ''} fading={query.isPlaceholderData} />
            )
          }
        </Loaded>
      </div>
      {query.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older events
          </Button>
        </div>
      )}
    </>
  )
}

export function EventsPage() {
  return useCan('netbird:read') ? <Events /> : <NotAllowed what="events" permission="netbird:read" />
}
