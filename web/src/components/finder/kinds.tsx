import { AtSign, GitCompareArrows, Hash, Server, UsersRound, Workflow, type LucideIcon } from 'lucide-react'
import { ITEMS } from '@/components/items/kinds'
import type { FoundKind } from '@/queries/found'

/** How each kind is told apart, by icon and word. */
export const KINDS: Record<FoundKind, { icon: LucideIcon; word: string; many: string }> = {
  group: { icon: ITEMS.group.icon, word: 'Group', many: 'Groups' },
  peer: { icon: ITEMS.peer.icon, word: 'Peer', many: 'Peers' },
  user: { icon: ITEMS.user.icon, word: 'User', many: 'Users' },
  any: { icon: UsersRound, word: 'Every peer', many: 'Everybody' },
  resource: { icon: Server, word: 'Resource', many: 'Network resources' },
  route: { icon: ITEMS.route.icon, word: 'Route', many: 'Routes' },
  address: { icon: Hash, word: 'Address', many: 'Address, as typed' },
  domain: { icon: AtSign, word: 'Domain', many: 'Domain, as typed' },
  policy: { icon: ITEMS.policy.icon, word: 'Policy', many: 'Policies' },
  router: { icon: Workflow, word: 'Router', many: 'Network routers' },
  check: { icon: ITEMS['posture-check'].icon, word: 'Posture check', many: 'Posture checks' },
  change: { icon: GitCompareArrows, word: 'Change', many: 'Changes' },
}
