import { getRouteApi } from '@tanstack/react-router'
import { Bot, UserRound } from 'lucide-react'
import type { NetbirdUserDetail } from '@/api/types'
import { AccessLinks } from '@/components/AccessMenu'
import { Fact } from '@/components/Fact'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { Absolute } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { wordsOf } from '@/lib/named'
import { useNetbirdUser } from '@/queries/items'
import { issued } from './groupWords'
import { Status, userName } from './userLooks'

const route = getRouteApi('/frame/users/$id')

const parts = (user: NetbirdUserDetail): ItemParts => ({
  name: userName(user),
  lead: (
    <>
      <Status user={user} />
      <Mark tone="muted" icon={user.isServiceUser ? Bot : UserRound}>
        {user.isServiceUser ? 'Service user' : 'Person'}
      </Mark>
    </>
  ),
  actions: <AccessLinks of={user.accountId} end={{ kind: 'user', id: user.id }} />,
  facts: (
    <>
      <Fact label="Role">{wordsOf(user.role)}</Fact>
      <Fact label="Email">{user.email}</Fact>
      <Fact label="Last login">{user.lastLogin ? <Absolute at={user.lastLogin} /> : 'never'}</Fact>
      <Fact label="Origin">{user.issued && issued(user.issued)}</Fact>
    </>
  ),
})

/** A user of a connected network: how they stand, and which peers are theirs. */
export function UserPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="user" query={useNetbirdUser(id, of)} parts={parts} />
}
