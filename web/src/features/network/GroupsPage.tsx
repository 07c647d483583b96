import { Link } from '@tanstack/react-router'
import { Boxes } from 'lucide-react'
import type { Group } from '@/api/types'
import { AccessMenu, questionsAbout } from '@/components/AccessMenu'
import { AccountBanners } from '@/components/AccountBanners'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { groupTries } from '@/components/tries'
import { grouped } from '@/lib/numbers'
import { idInAccount, useGroups } from '@/queries/network'
import { groupInAddress } from '@/lib/groupInAddress'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { issued } from './groupWords'
import { useNetworkList } from './networkList'
import { texts } from './texts'

const definitionFor = (severalAccounts: boolean): ListDefinition<Group> => ({
  id: 'groups',
  label: texts.groups.label,
  one: texts.groups.one,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.name,
    sort: 'name',
    text: ({ name }) => name,
    cell: ({ id, name, accountId }) => (
      <ItemLink kind="group" id={id} of={accountId} className={ROW_LINK}>
        {name}
      </ItemLink>
    ),
  },
  columns: [
    {
      id: 'peers',
      title: texts.groups.peers,
      width: 90,
      priority: 10,
      sort: 'peersCount',
      newestFirst: true,
      card: 'beside',
      text: ({ peersCount }) => String(peersCount),
      cell: ({ peersCount, id, name, accountId }) => (
        <Link to="/peers" search={{ group: [groupInAddress({ id, name })], account: accountId }} className="relative z-10 rounded-sm tabular-nums hover:underline touch:py-3" title={texts.groups.peersOf({ name })}>
          {texts.groups.peerCount({ count: peersCount })}
        </Link>
      ),
    },
    {
      id: 'resources',
      title: texts.groups.resources,
      width: 100,
      priority: 7,
      text: ({ resourcesCount }) => String(resourcesCount),
      cell: ({ resourcesCount }) => <span className="text-text-3 tabular-nums">{grouped(resourcesCount)}</span>,
    },
    ...accountColumn<Group>(severalAccounts),
    { id: 'issued', title: texts.origin, width: 220, priority: 4, card: 'below', text: (group) => issued(group.issued), cell: (group) => <span className="text-text-3">{issued(group.issued)}</span> },
  ],
  actions: {
    width: 56,
    card: 'beside',
    cell: ({ id, accountId, name }) => <AccessMenu name={name} choices={questionsAbout(accountId, { kind: 'group', id })} tries={groupTries(accountId, id)} />,
  },
  searches: texts.name,
  sort: 'name',
})

/** The groups of the connected networks. */
export function GroupsPage() {
  const { definition, accountId, search, sort } = useNetworkList(definitionFor)
  const list = useGroups(given({ search, sort, accountId }))
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={Boxes} title={texts.groups.empty}>
            {texts.groups.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
