import { Route as RouteIcon } from 'lucide-react'
import type { Route } from '@/api/types'
import { AccessMenu, whoReaches } from '@/components/AccessMenu'
import { AccountBanners } from '@/components/AccountBanners'
import { eitherOf } from '@/components/list/address'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { nameOf, namesOf } from '@/lib/refs'
import { idInAccount, useRoutes } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { GROUP_FILTER } from './groupFilter'
import { IN_FORCE_FILTER, inForceColumn } from './inForce'
import { useNetworkList } from './networkList'
import { destination } from './routeWords'
import { texts } from './texts'

const through = ({ peer, peerGroups, peerGroupsCount }: Route): string => (peer ? nameOf(peer) : peerGroups.length === 0 ? '' : texts.routes.peersOf({ groups: namesOf(peerGroups, peerGroupsCount) }))

const getsIt = ({ groups, groupsCount }: Route): string => namesOf(groups, groupsCount)

/** What the sentence leaves out. */
const particulars = ({ metric, masquerade, keepRoute, skipAutoApply, accessControlGroups, accessControlGroupsCount }: Route): string =>
  texts.routes.particularsOf({ metric, masquerade, keepsAddresses: keepRoute, isChosen: skipAutoApply, accessGroups: accessControlGroups.length === 0 ? '' : namesOf(accessControlGroups, accessControlGroupsCount) })

/** All of a route, as the small room of a row has only its sentence. */
const whole = (route: Route): string =>
  [
    ...(route.description === '' ? [] : [route.description]),
    texts.routes.toLine({ to: destination(route) }),
    texts.routes.throughLine({ through: through(route) || texts.nobody }),
    texts.routes.forLine({ groups: getsIt(route) || texts.nobody }),
    particulars(route),
  ].join('\n')

const definitionFor = (severalAccounts: boolean): ListDefinition<Route> => ({
  id: 'routes',
  label: texts.routes.label,
  one: texts.routes.one,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.routes.route,
    sort: 'networkId',
    text: ({ networkId }) => networkId,
    fewest: 40,
    cell: (route) => (
      <ItemLink kind="route" id={route.id} of={route.accountId} className={ROW_LINK} title={whole(route)}>
        {route.networkId}
      </ItemLink>
    ),
    below: (route) => <span title={whole(route)}>{route.sentence}</span>,
  },
  columns: [
    inForceColumn(),
    {
      id: 'network',
      title: texts.routes.leadsTo,
      width: 160,
      priority: 5,
      sort: 'network',
      text: destination,
      cell: (route) => (
        <span className="font-mono text-12" title={destination(route)}>
          {destination(route)}
        </span>
      ),
    },
    { id: 'metric', title: texts.routes.metric, width: 84, priority: 6, sort: 'metric', text: ({ metric }) => String(metric), cell: ({ metric }) => <span className="text-text-3 tabular-nums">{metric}</span> },
    ...accountColumn<Route>(severalAccounts),
  ],
  more: [
    { title: texts.description, text: ({ description }) => description },
    { title: texts.routes.through, text: through },
    { title: texts.for, text: getsIt },
    { title: texts.inWords, text: ({ sentence }) => sentence },
    { title: texts.routes.particulars, text: particulars },
  ],
  actions: { width: 56, card: 'beside', cell: ({ id, accountId, networkId }) => <AccessMenu name={networkId} choices={[whoReaches(accountId, { kind: 'route', id })]} /> },
  filters: [IN_FORCE_FILTER, GROUP_FILTER],
  searches: texts.routes.searches,
  sort: 'networkId',
})

/** The routes of the connected networks: where each leads, through whom and for whom. */
export function RoutesPage() {
  const { definition, accountId, search, sort, filters } = useNetworkList(definitionFor)
  const list = useRoutes(given({ search, sort, enabled: eitherOf(filters.enabled), group: filters.group?.[0], accountId }))
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={RouteIcon} title={texts.routes.empty}>
            {texts.routes.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
