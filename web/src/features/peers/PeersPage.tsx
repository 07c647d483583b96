import { getRouteApi } from '@tanstack/react-router'
import { Monitor } from 'lucide-react'
import { useMemo } from 'react'
import type { Peer } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { eitherOf, useListAddress } from '@/components/list/address'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { usePageName } from '@/components/pageName'
import { useNewestVersion, usePeers, type PeerFilters } from '@/queries/peers'
import { given } from '@/queries/pages'
import { NAME, peerColumns } from './peerColumns'
import { PEER_FILTERS } from './peerFilters'
import { rowId } from './peerList'
import { PeerSheet } from './PeerSheet'
import { texts } from './texts'
import { useOpenedPeer } from './useOpenedPeer'

const route = getRouteApi('/frame/peers')

const definitionFor = (newest: string | undefined, severalAccounts: boolean): ListDefinition<Peer> => ({
  id: 'peers',
  label: texts.list.label,
  one: texts.list.one,
  idOf: rowId,
  name: NAME,
  columns: peerColumns(newest, severalAccounts),
  filters: PEER_FILTERS,
  searches: texts.list.searches,
  sort: 'status',
})

export function PeersPage() {
  const { peer } = route.useSearch()
  const navigate = route.useNavigate()
  const newest = useNewestVersion()
  const severalAccounts = useAccountsInView().length > 1
  const definition = useMemo(() => definitionFor(newest, severalAccounts), [newest, severalAccounts])
  const { search, sort, filters } = useListAddress(definition)
  const accountId = useAccountFilter()
  const query: PeerFilters = given({
    search,
    status: filters.status?.join(','),
    groups: filters.group?.join(','),
    os: filters.os?.[0],
    version: filters.version?.[0],
    loginExpired: eitherOf(filters.loginExpired),
    approvalRequired: eitherOf(filters.approvalRequired),
    accountId,
    sort,
  })
  const list = usePeers(query)
  const opened = useOpenedPeer(peer, list.items)
  usePageName(opened.peer?.name)
  const close = () => void navigate({ search: ({ peer: _, ...rest }) => rest, resetScroll: false })
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        note={<DataAge {...(typeof list.total === 'number' && { lead: ' · ' })} />}
        empty={
          <NothingSynced icon={Monitor} title={texts.list.empty}>
            {texts.list.whyEmpty}
          </NothingSynced>
        }
      />
      <PeerSheet opened={opened} open={peer !== undefined && (list.items !== undefined || opened.peer !== undefined)} onClose={close} />
    </>
  )
}
