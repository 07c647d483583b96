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
import { texts } from './texts'
import { Status, userName } from './userLooks'

const route = getRouteApi('/frame/users/$id')

const parts = (user: NetbirdUserDetail): ItemParts => ({
  name: userName(user),
  lead: (
    <>
      <Status user={user} />
      <Mark tone="muted" icon={user.isServiceUser ? Bot : UserRound}>
        {user.isServiceUser ? texts.users.serviceUser : texts.users.person}
      </Mark>
    </>
  ),
  actions: <AccessLinks of={user.accountId} end={{ kind: 'user', id: user.id }} />,
  facts: (
    <>
      <Fact label={texts.users.role}>{wordsOf(user.role)}</Fact>
      <Fact label={texts.users.email}>{user.email}</Fact>
      <Fact label={texts.users.lastLogin}>{user.lastLogin ? <Absolute at={user.lastLogin} /> : texts.never}</Fact>
      <Fact label={texts.origin}>{user.issued && issued(user.issued)}</Fact>
    </>
  ),
})

/** A user of a connected network: how they stand, and which peers are theirs. */
export function UserPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="user" query={useNetbirdUser(id, of)} parts={parts} />
}
