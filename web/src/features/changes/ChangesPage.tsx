import { getRouteApi, Link } from '@tanstack/react-router'
import { GitCompareArrows, History } from 'lucide-react'
import { useMemo } from 'react'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { useListAddress } from '@/components/list/address'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { buttonClass } from '@/components/ui/Button'
import { useWhose } from '@/components/whoseLog'
import { boundsOf } from '@/lib/dateRange'
import { useToday } from '@/lib/ticker'
import { useChanges } from '@/queries/changes'
import { given } from '@/queries/pages'
import { ChangeSheet } from './ChangeSheet'
import { changeList } from './changeList'
import { texts } from './texts'

const route = getRouteApi('/frame/changes')

const ADDRESS = changeList([])

/** What changed in NetBird's configuration, and who did it. */
export function ChangesPage() {
  const { change } = route.useSearch()
  const navigate = route.useNavigate()
  const accountId = useAccountFilter()
  const { search, filters } = useListAddress(ADDRESS)
  const list = useChanges(
    given({
      accountId,
      search,
      resource: filters.list?.join(','),
      kind: filters.kind?.join(','),
      by: filters.by?.[0],
      itemId: filters.item?.[0],
      ...boundsOf(filters.time?.[0] ?? '', useToday()),
    }),
  )
  const definition = useMemo(() => changeList(list.items ?? []), [list.items])
  const whose = useWhose(list.items)
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        lead={
          whose !== undefined && (
            <p className="text-13 text-text-3">{accountId === undefined ? texts.list.whoseOfSeveral({ account: whose }) : texts.list.whose({ account: whose })}</p>
          )
        }
        note={<DataAge />}
        action={
          <Link to="/access/since" search={given({ of: accountId ?? list.items?.[0]?.accountId })} className={buttonClass()}>
            <History aria-hidden className="size-4 shrink-0" />
            {texts.list.openedSince}
          </Link>
        }
        empty={
          <NothingSynced icon={GitCompareArrows} title={texts.list.empty}>
            {texts.list.whyEmpty}
          </NothingSynced>
        }
      />
      <ChangeSheet id={change} onClose={() => void navigate({ search: ({ change: _, ...rest }) => rest, resetScroll: false })} />
    </>
  )
}
