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
import { grouped, plural } from '@/lib/numbers'
import { idInAccount, useGroups } from '@/queries/network'
import { groupInAddress } from '@/lib/groupInAddress'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { issued } from './groupWords'
import { useNetworkList } from './networkList'

const definitionFor = (severalAccounts: boolean): ListDefinition<Group> => ({
  id: 'groups',
  label: 'Groups',
  one: 'group',
  idOf: idInAccount,
  name: {
    id: 'name',
    title: 'Name',
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
      title: 'Peers',
      width: 90,
      priority: 10,
      sort: 'peersCount',
      newestFirst: true,
      card: 'beside',
      text: ({ peersCount }) => String(peersCount),
      cell: ({ peersCount, id, name, accountId }) => (
        <Link to="/peers" search={{ group: [groupInAddress({ id, name })], account: accountId }} className="relative z-10 rounded-sm tabular-nums hover:underline touch:py-3" title={`Peers of ${name}`}>
          {plural(peersCount, 'peer')}
        </Link>
      ),
    },
    {
      id: 'resources',
      title: 'Resources',
      width: 100,
      priority: 7,
      text: ({ resourcesCount }) => String(resourcesCount),
      cell: ({ resourcesCount }) => <span className="text-text-3 tabular-nums">{grouped(resourcesCount)}</span>,
    },
    ...accountColumn<Group>(severalAccounts),
    { id: 'issued', title: 'Origin', width: 220, priority: 4, card: 'below', text: (group) => issued(group.issued), cell: (group) => <span className="text-text-3">{issued(group.issued)}</span> },
  ],
  actions: {
    width: 56,
    card: 'beside',
    cell: ({ id, accountId, name }) => <AccessMenu name={name} choices={questionsAbout(accountId, { kind: 'group', id })} tries={groupTries(accountId, id)} />,
  },
  searches: 'Name',
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
          <NothingSynced icon={Boxes} title="No groups yet">
            Groups appear here within minutes of the first sync.
          </NothingSynced>
        }
      />
    </>
  )
}
