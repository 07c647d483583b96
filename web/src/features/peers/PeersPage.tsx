import { getRouteApi } from '@tanstack/react-router'
import { Monitor } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { Peer, PeerSort } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { DataAge } from '@/components/DataAge'
import { NothingSynced } from '@/components/NothingSynced'
import { Empty, Loaded, NotAllowed } from '@/components/states'
import { SkeletonRows } from '@/components/Skeleton'
import { Button } from '@/components/ui/Button'
import { usePhone } from '@/lib/mediaQuery'
import { plural } from '@/lib/numbers'
import { usePeers } from '@/queries/peers'
import { PeerCards } from './PeerCards'
import { PeerFilterBar } from './PeerFilterBar'
import { PeerSheet } from './PeerSheet'
import { PeerTable } from './PeerTable'
import { usePeerFilters } from './peerFilters'

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
  const allowed = useCan('netbird:read')
  return allowed ? <Peers /> : <NotAllowed what="peers" permission="netbird:read" />
}

function Peers() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const phone = usePhone()
  const filters = usePeerFilters()
  const sort = search.sort ?? DEFAULT_SORT
  const query = usePeers({ ...filters.query, sort })
  const loaded = query.data?.items
  const total = query.data?.total
  const opened = useMemo(() => loaded?.find(({ id }) => id === search.peer), [loaded, search.peer])

  const List = phone ? PeerCards : PeerTable
  const setSort = (next: PeerSort) => void navigate({ search: (before) => ({ ...before, sort: next }), replace: true })
  const close = () => void navigate({ search: ({ peer: _, ...rest }) => rest, resetScroll: false })

  return (
    <>
      <AccountBanners />
      <PeerFilterBar filters={filters} peers={loaded ?? NONE}>
        <span role="status">{typeof total === 'number' && plural(total, 'peer')}</span>
        <DataAge {...(typeof total === 'number' && { lead: ' · ' })} />
      </PeerFilterBar>
      <Loaded query={query} what="the peers" skeleton={<div className="rounded-lg border border-line bg-surface-1"><SkeletonRows rows={16} /></div>}>
        {({ items }) =>
          items.length === 0 ? (
            <NoPeers filtered={filters.isSet} onClear={filters.clear} />
          ) : (
            <List
              peers={items}
              sort={sort}
              onSort={setSort}
              view={JSON.stringify([filters.query, sort])}
              fading={query.isPlaceholderData}
              onEnd={() => {
                if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
              }}
            />
          )
        }
      </Loaded>
      <PeerSheet peer={opened} onClose={close} />
    </>
  )
}

const NONE: readonly Peer[] = []
