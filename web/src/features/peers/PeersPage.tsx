import { getRouteApi } from '@tanstack/react-router'
import { Monitor } from 'lucide-react'
import { useMemo } from 'react'
import type { Peer, PeerSort } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountsInView } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { saveCsv } from '@/components/list/csv'
import { ListCards } from '@/components/list/ListCards'
import { ListEnd } from '@/components/list/ListEnd'
import { ListMenu, useChosenColumns } from '@/components/list/ListMenu'
import { ListTable } from '@/components/list/ListTable'
import { LoadedList } from '@/components/list/LoadedList'
import { NothingSynced } from '@/components/NothingSynced'
import { usePageName } from '@/components/pageName'
import { Empty } from '@/components/states'
import { SkeletonRows } from '@/components/Skeleton'
import { Button } from '@/components/ui/Button'
import { usePhone } from '@/lib/mediaQuery'
import { plural } from '@/lib/numbers'
import { useNewestVersion, usePeers } from '@/queries/peers'
import { NAME, peerColumns } from './peerColumns'
import { PeerFilterBar } from './PeerFilterBar'
import { usePeerFilters } from './peerFilters'
import { isOpened, rowId } from './peerList'
import { PeerSheet } from './PeerSheet'

const route = getRouteApi('/frame/peers')

const DEFAULT_SORT: PeerSort = 'status'

function NoPeers({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return filtered ? (
    <Empty title="No peer matches" action={<Button onClick={onClear}>Clear filters</Button>}>
      Nothing in the last sync fits the search and filters together.
    </Empty>
  ) : (
    <NothingSynced icon={Monitor} title="No peers yet">
      Peers appear here with the next sync after they join the NetBird network.
    </NothingSynced>
  )
}

export function PeersPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const phone = usePhone()
  const filters = usePeerFilters()
  const newest = useNewestVersion()
  const severalAccounts = useAccountsInView().length > 1
  const sort = search.sort ?? DEFAULT_SORT
  const list = usePeers({ ...filters.query, sort })
  const { items, total } = list
  const all = useMemo(() => peerColumns(newest, severalAccounts), [newest, severalAccounts])
  const columns = useChosenColumns('peers', all)
  const opened = useMemo(() => items?.find((peer) => isOpened(peer, search.peer)), [items, search.peer])

  usePageName(opened?.name)
  const List = phone ? ListCards : ListTable
  const setSort = (next: string) => void navigate({ search: (before) => ({ ...before, sort: next as PeerSort }), replace: true })
  const close = () => void navigate({ search: ({ peer: _, ...rest }) => rest, resetScroll: false })

  return (
    <>
      <AccountBanners />
      <PeerFilterBar filters={filters} peers={items ?? NONE}>
        <span role="status">{typeof total === 'number' && plural(total, 'peer')}</span>
        <DataAge {...(typeof total === 'number' && { lead: ' · ' })} />
        {items && items.length > 0 && <ListMenu list="peers" columns={all} loaded={items.length} onSave={() => saveCsv('peers', [NAME, ...all], items)} />}
      </PeerFilterBar>
      <LoadedList list={list} what="the peers" skeleton={<div className="rounded-lg border border-line bg-surface-1"><SkeletonRows rows={16} /></div>}>
        {(peers) =>
          peers.length === 0 ? (
            <NoPeers filtered={filters.isSet} onClear={filters.clear} />
          ) : (
            <>
              <List
                label="Peers"
                items={peers}
                idOf={rowId}
                name={NAME}
                columns={phone ? all : columns}
                sort={sort}
                onSort={setSort}
                view={JSON.stringify([filters.query, sort])}
                fading={list.fading}
                onSee={list.see}
              />
              <ListEnd list={list} what="peers" />
            </>
          )
        }
      </LoadedList>
      <PeerSheet peer={opened} onClose={close} />
    </>
  )
}

const NONE: readonly Peer[] = []
