import { List as ListIcon } from 'lucide-react'
import { useMemo } from 'react'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { useListAddress } from '@/components/list/address'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { useWhose } from '@/components/whoseLog'
import { boundsOf } from '@/lib/dateRange'
import { useToday } from '@/lib/ticker'
import { useEvents, useEventSample } from '@/queries/events'
import { given } from '@/queries/pages'
import { eventList } from './eventList'
import { facetsOf } from './facets'
import { texts } from './texts'

const ADDRESS = eventList(facetsOf([]))

/** What people and peers did in NetBird, and among it what the platform saw, newest first. */
export function EventsPage() {
  const accountId = useAccountFilter()
  const { search, filters } = useListAddress(ADDRESS)
  const [by, about, time, source] = [filters.by?.[0], filters.about?.[0], filters.time?.[0], filters.source?.[0]]
  const list = useEvents(
    given({ accountId, search, source, activityCode: filters.activity?.join(','), initiatorId: by, targetId: about, ...boundsOf(time ?? '', useToday()) }),
  )
  const whose = useWhose(list.items)
  // The address has ids and codes alone. What they are called is in the log, though maybe in none of the events that are listed.
  const sample = useEventSample(accountId, by !== undefined || about !== undefined || filters.activity !== undefined)
  const definition = useMemo(() => eventList(facetsOf([...(list.items ?? []), ...(sample?.events ?? [])])), [list.items, sample])
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        lead={
          whose !== undefined && (
            <p className="text-13 text-text-3">{accountId === undefined ? texts.whoseOfSeveral({ account: whose }) : texts.whose({ account: whose })}</p>
          )
        }
        note={<DataAge {...(typeof list.total === 'number' && { lead: ' · ' })} />}
        empty={
          <NothingSynced icon={ListIcon} title={texts.empty}>
            {texts.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
