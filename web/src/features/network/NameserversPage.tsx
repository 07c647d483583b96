import { Globe } from 'lucide-react'
import type { NameserverGroup } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { eitherOf } from '@/components/list/address'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { namesOf } from '@/lib/refs'
import { idInAccount, useNameservers } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { GROUP_FILTER } from './groupFilter'
import { IN_FORCE_FILTER, inForceColumn } from './inForce'
import { address, resolves } from './nameserverWords'
import { useNetworkList } from './networkList'

const usesThem = ({ groups, groupsCount }: NameserverGroup): string => namesOf(groups, groupsCount)

/** All of a row, as its small room has only the sentence. */
const whole = (group: NameserverGroup): string =>
  [
    ...(group.description === '' ? [] : [group.description]),
    `Domains: ${resolves(group)}`,
    `Nameservers: ${group.nameservers.map(address).join(', ')}`,
    `For: ${usesThem(group) || 'nobody'}`,
    ...(group.searchDomainsEnabled ? ['Peers try these domains after a name without dots'] : []),
  ].join('\n')

const definitionFor = (severalAccounts: boolean): ListDefinition<NameserverGroup> => ({
  id: 'nameservers',
  label: 'Nameservers',
  one: 'group of nameservers',
  many: 'groups of nameservers',
  idOf: idInAccount,
  name: {
    id: 'name',
    title: 'Nameservers',
    sort: 'name',
    text: ({ name }) => name,
    fewest: 40,
    cell: (group) => (
      <ItemLink kind="nameserver" id={group.id} of={group.accountId} className={ROW_LINK} title={whole(group)}>
        {group.name}
      </ItemLink>
    ),
    below: (group) => <span title={whole(group)}>{group.sentence}</span>,
  },
  columns: [
    inForceColumn(),
    {
      id: 'primary',
      title: 'Resolve',
      width: 150,
      priority: 7,
      sort: 'primary',
      text: resolves,
      cell: (group) => <span title={resolves(group)}>{resolves(group)}</span>,
    },
    {
      id: 'addresses',
      title: 'Addresses',
      width: 150,
      priority: 5,
      text: ({ nameservers }) => nameservers.map(address).join(' '),
      cell: ({ nameservers }) => (
        <span className="font-mono text-12" title={nameservers.map(address).join(', ')}>
          {nameservers.map(address).join(', ')}
        </span>
      ),
    },
    ...accountColumn<NameserverGroup>(severalAccounts),
  ],
  more: [
    { title: 'Description', text: ({ description }) => description },
    { title: 'For', text: usesThem },
    { title: 'In words', text: ({ sentence }) => sentence },
    { title: 'Search domains', text: ({ searchDomainsEnabled }) => (searchDomainsEnabled ? 'yes' : 'no') },
  ],
  filters: [IN_FORCE_FILTER, GROUP_FILTER],
  searches: 'Name, description, domain, address',
  sort: 'name',
})

/** Who resolves which names in the connected networks, and for whom. */
export function NameserversPage() {
  const { definition, accountId, search, sort, filters } = useNetworkList(definitionFor)
  const list = useNameservers(given({ search, sort, enabled: eitherOf(filters.enabled), group: filters.group?.[0], accountId }))
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={Globe} title="No nameservers yet">
            Nameservers that you set in NetBird appear here within minutes. Until then peers resolve names as they would without NetBird.
          </NothingSynced>
        }
      />
    </>
  )
}
