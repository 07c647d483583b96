import { Bot, UserRound, Users } from 'lucide-react'
import type { NetbirdUser } from '@/api/types'
import { AccessMenu, questionsAbout } from '@/components/AccessMenu'
import { AccountBanners } from '@/components/AccountBanners'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { Ago } from '@/components/Time'
import { wordsOf } from '@/lib/named'
import { UNKNOWN } from '@/lib/numbers'
import { idInAccount, useNetbirdUsers } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { useNetworkList } from './networkList'
import { texts } from './texts'
import { ROLES, Status, STATUSES, userName } from './userLooks'

const KINDS = [
  { value: 'false', label: texts.users.people, icon: UserRound },
  { value: 'true', label: texts.users.serviceUsers, icon: Bot },
] as const

const definitionFor = (severalAccounts: boolean): ListDefinition<NetbirdUser> => ({
  id: 'netbird-users',
  label: texts.users.label,
  one: texts.users.one,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.name,
    sort: 'name',
    text: userName,
    cell: (user) => (
      <span className="inline-flex max-w-full items-center gap-1.5 align-middle">
        {user.isServiceUser && <Bot role="img" aria-label={texts.users.serviceUserMark} className="size-3.5 shrink-0 text-text-3" />}
        <ItemLink kind="user" id={user.id} of={user.accountId} className={`min-w-0 truncate ${ROW_LINK}`}>
          {userName(user)}
        </ItemLink>
      </span>
    ),
  },
  columns: [
    { id: 'status', title: texts.users.status, width: 176, priority: 10, leads: true, sort: 'status', card: 'beside', text: ({ status }) => status, cell: (user) => <Status user={user} /> },
    { id: 'role', title: texts.users.role, width: 140, priority: 9, sort: 'role', card: 'end', text: ({ role }) => role, cell: ({ role }) => wordsOf(role) },
    { id: 'email', title: texts.users.email, width: 220, priority: 7, sort: 'email', card: 'below', text: ({ email }) => email, cell: ({ email }) => <span className="truncate" title={email}>{email || UNKNOWN}</span> },
    ...accountColumn<NetbirdUser>(severalAccounts),
    {
      id: 'lastLogin',
      title: texts.users.lastLogin,
      width: 110,
      priority: 6,
      sort: 'lastLogin',
      newestFirst: true,
      text: ({ lastLogin }) => lastLogin ?? '',
      cell: ({ lastLogin }) => <span className="text-text-2">{lastLogin ? <Ago at={lastLogin} /> : texts.never}</span>,
    },
  ],
  actions: { width: 56, card: 'beside', cell: (user) => <AccessMenu name={userName(user)} choices={questionsAbout(user.accountId, { kind: 'user', id: user.id })} /> },
  filters: [
    { id: 'status', title: texts.users.status, options: STATUSES },
    { id: 'role', title: texts.users.role, open: true, options: ROLES.map((value) => ({ value, label: wordsOf(value) })), word: wordsOf },
    { id: 'service', title: texts.users.kind, options: KINDS },
  ],
  searches: texts.users.searches,
  sort: 'name',
})

/** The users of the connected networks, service users too; not those of this platform. */
export function UsersPage() {
  const { definition, accountId, search, sort, filters } = useNetworkList(definitionFor)
  const service = filters.service?.[0]
  const list = useNetbirdUsers(
    given({
      search,
      sort,
      status: filters.status?.[0],
      role: filters.role?.[0],
      isServiceUser: service === undefined ? undefined : service === 'true',
      accountId,
    }),
  )
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={Users} title={texts.users.empty}>
            {texts.users.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
