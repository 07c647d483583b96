import { Cable } from 'lucide-react'
import type { Network, NetworkResource, NetworkRouter } from '@/api/types'
import { AccessMenu, whoReaches } from '@/components/AccessMenu'
import { AccountBanners } from '@/components/AccountBanners'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { byCount, grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { nameOf, namesOf } from '@/lib/refs'
import { idInAccount, useNetworks } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { GROUP_FILTER } from './groupFilter'
import { useNetworkList } from './networkList'
import { texts } from './texts'


/** A resource with its address and groups: `wiki, wiki.corp.example, in servers`. */
const resource = ({ name, address, groups, enabled }: NetworkResource): string =>
  texts.networks.resourceInWords({ name, address: address === name ? undefined : address, groups: groups.length === 0 ? '' : namesOf(groups), isOff: !enabled })

const router = ({ peer, peerGroups, metric, masquerade, enabled }: NetworkRouter): string =>
  texts.networks.routerInWords({ through: peer ? nameOf(peer) : texts.networks.peersOf({ groups: namesOf(peerGroups) }), metric, masquerade, isOff: !enabled })

/** All of a network, as the small room of a row has only its sentence. */
const whole = ({ description, resources, routers, unknown }: Network): string =>
  [
    ...(description === '' ? [] : [description]),
    ...resources.map((one) => texts.networks.resourceLine({ resource: resource(one) })),
    ...routers.map((one) => texts.networks.routerLine({ router: router(one) })),
    ...(unknown.length === 0 ? [] : [texts.networks.goneLine({ ids: unknown })]),
  ].join('\n')

const definitionFor = (severalAccounts: boolean): ListDefinition<Network> => ({
  id: 'networks',
  label: texts.networks.label,
  one: texts.networks.one,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.networks.network,
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
      title: texts.networks.resources,
      width: 110,
      priority: 10,
      sort: 'resourcesCount',
      newestFirst: true,
      card: 'beside',
      text: ({ resourcesCount }) => String(resourcesCount),
      cell: ({ resourcesCount }) => (
        <span className="tabular-nums">
          {phrase(byCount(resourcesCount, { one: texts.networks.resource, other: texts.networks.resourceMany }), { count: grouped(resourcesCount), unit: (words) => <span className="sm:hidden">{words}</span> })}
        </span>
      ),
    },
    {
      id: 'routers',
      title: texts.networks.routers,
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
    { title: texts.description, text: ({ description }) => description },
    { title: texts.networks.reaches, text: ({ sentence }) => sentence },
    { title: texts.networks.resourceList, text: ({ resources }) => resources.map(resource).join('; ') },
    { title: texts.networks.routerList, text: ({ routers }) => routers.map(router).join('; ') },
  ],
  actions: {
    width: 56,
    card: 'beside',
    cell: ({ accountId, name, resources }) => <AccessMenu name={name} choices={resources.map((one) => whoReaches(accountId, { kind: 'resource', id: one.id }, texts.networks.whoReaches({ name: one.name || one.address })))} />,
  },
  filters: [GROUP_FILTER],
  searches: texts.networks.searches,
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
          <NothingSynced icon={Cable} title={texts.networks.empty}>
            {texts.networks.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
