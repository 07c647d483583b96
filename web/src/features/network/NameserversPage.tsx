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
import { texts } from './texts'

const usesThem = ({ groups, groupsCount }: NameserverGroup): string => namesOf(groups, groupsCount)

/** All of a row, as its small room has only the sentence. */
const whole = (group: NameserverGroup): string =>
  [
    ...(group.description === '' ? [] : [group.description]),
    texts.nameservers.domainsLine({ domains: resolves(group) }),
    texts.nameservers.addressesLine({ addresses: group.nameservers.map(address) }),
    texts.nameservers.forLine({ groups: usesThem(group) || texts.nobody }),
    ...(group.searchDomainsEnabled ? [texts.nameservers.searchLine] : []),
  ].join('\n')

const definitionFor = (severalAccounts: boolean): ListDefinition<NameserverGroup> => ({
  id: 'nameservers',
  label: texts.nameservers.label,
  one: texts.nameservers.one,
  many: texts.nameservers.many,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.nameservers.label,
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
      title: texts.nameservers.resolve,
      width: 150,
      priority: 7,
      sort: 'primary',
      text: resolves,
      cell: (group) => <span title={resolves(group)}>{resolves(group)}</span>,
    },
    {
      id: 'addresses',
      title: texts.nameservers.addresses,
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
    { title: texts.description, text: ({ description }) => description },
    { title: texts.for, text: usesThem },
    { title: texts.inWords, text: ({ sentence }) => sentence },
    { title: texts.nameservers.searchDomains, text: ({ searchDomainsEnabled }) => (searchDomainsEnabled ? texts.yes : texts.no) },
  ],
  filters: [IN_FORCE_FILTER, GROUP_FILTER],
  searches: texts.nameservers.searches,
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
          <NothingSynced icon={Globe} title={texts.nameservers.empty}>
            {texts.nameservers.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
