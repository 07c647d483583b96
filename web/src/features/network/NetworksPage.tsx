import { Cable } from 'lucide-react'
import type { Network, NetworkResource, NetworkRouter } from '@/api/types'
import { AccessMenu, whoReaches } from '@/components/AccessMenu'
import { AccountBanners } from '@/components/AccountBanners'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { grouped } from '@/lib/numbers'
import { nameOf, namesOf } from '@/lib/refs'
import { idInAccount, useNetworks } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { GROUP_FILTER } from './groupFilter'
import { useNetworkList } from './networkList'

const inWords = (parts: readonly string[], isOff: boolean): string => [...parts, ...(isOff ? ['off'] : [])].join(', ')

/** A resource with its address and groups: `wiki, wiki.corp.example, in servers`. */
const resource = ({ name, address, groups, enabled }: NetworkResource): string =>
  inWords([name, ...(address === name ? [] : [address]), ...(groups.length === 0 ? [] : [`in ${namesOf(groups)}`])], !enabled)

const router = ({ peer, peerGroups, metric, masquerade, enabled }: NetworkRouter): string =>
  inWords([peer ? nameOf(peer) : `peers of ${namesOf(peerGroups)}`, `metric ${metric}`, ...(masquerade ? ['masquerade'] : [])], !enabled)

/** All of a network, as the small room of a row has only its sentence. */
const whole = ({ description, resources, routers, unknown }: Network): string =>
  [
    ...(description === '' ? [] : [description]),
    ...resources.map((one) => `Resource: ${resource(one)}`),
    ...routers.map((one) => `Router: ${router(one)}`),
    ...(unknown.length === 0 ? [] : [`Gone: ${unknown.join(', ')}`]),
  ].join('\n')

const definitionFor = (severalAccounts: boolean): ListDefinition<Network> => ({
  id: 'networks',
  label: 'Networks',
  one: 'network',
  idOf: idInAccount,
  name: {
    id: 'name',
    title: 'Network',
    sort: 'name',
    text: ({ name }) => name,
    fewest: 40,
    cell: (network) => (
      <ItemLink kind="network" id={network.id} of={network.accountId} className={ROW_LINK} title={whole(network)}>
        {network.name}
      </ItemLink>
    ),
    below: (network) => <span title={whole(network)}>{network.sentence}</span>,
  },
  columns: [
    {
      id: 'resources',
      title: 'Resources',
      width: 110,
      priority: 10,
      sort: 'resourcesCount',
      newestFirst: true,
      card: 'beside',
      text: ({ resourcesCount }) => String(resourcesCount),
      cell: ({ resourcesCount }) => (
        <span className="tabular-nums">
          {grouped(resourcesCount)}
          <span className="sm:hidden"> {resourcesCount === 1 ? 'resource' : 'resources'}</span>
        </span>
      ),
    },
    {
      id: 'routers',
      title: 'Routers',
      width: 90,
      priority: 9,
      sort: 'routersCount',
      newestFirst: true,
      text: ({ routersCount }) => String(routersCount),
      cell: ({ routersCount }) => <span className="text-text-3 tabular-nums">{grouped(routersCount)}</span>,
    },
    ...accountColumn<Network>(severalAccounts),
  ],
  more: [
    { title: 'Description', text: ({ description }) => description },
    { title: 'Reaches', text: ({ sentence }) => sentence },
    { title: 'Resource list', text: ({ resources }) => resources.map(resource).join('; ') },
    { title: 'Router list', text: ({ routers }) => routers.map(router).join('; ') },
  ],
  actions: {
    width: 56,
    card: 'beside',
    cell: ({ accountId, name, resources }) => <AccessMenu name={name} choices={resources.map((one) => whoReaches(accountId, { kind: 'resource', id: one.id }, `Who can reach ${one.name || one.address}`))} />,
  },
  filters: [GROUP_FILTER],
  searches: 'Name, description, resource, address',
  sort: 'name',
})

/** The networks behind routing peers: what each makes reachable, and through whom. */
export function NetworksPage() {
  const { definition, accountId, search, sort, filters } = useNetworkList(definitionFor)
  const list = useNetworks(given({ search, sort, group: filters.group?.[0], accountId }))
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={Cable} title="No networks yet">
            Networks that you make in NetBird appear here within minutes.
          </NothingSynced>
        }
      />
    </>
  )
}
