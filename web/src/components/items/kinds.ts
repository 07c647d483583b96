import { Boxes, Cable, ClipboardCheck, Globe, Key, Monitor, Route, UserRound, Waypoints, type LucideIcon } from 'lucide-react'
import type { Change } from '@/api/types'

/** What has a page of its own. */
export type ItemKind = 'peer' | 'group' | 'user' | 'policy' | 'network' | 'route' | 'nameserver' | 'posture-check' | 'setup-key'

interface Look {
  one: string
  many: string
  icon: LucideIcon
}

/** How each kind is called and told apart, its page and its list. */
export const ITEMS = {
  peer: { one: 'peer', many: 'peers', icon: Monitor, page: '/peers/$peerId', list: '/peers' },
  group: { one: 'group', many: 'groups', icon: Boxes, page: '/groups/$id', list: '/groups' },
  user: { one: 'user', many: 'users', icon: UserRound, page: '/users/$id', list: '/users' },
  policy: { one: 'policy', many: 'policies', icon: Waypoints, page: '/policies/$id', list: '/policies' },
  network: { one: 'network', many: 'networks', icon: Cable, page: '/networks/$id', list: '/networks' },
  route: { one: 'route', many: 'routes', icon: Route, page: '/routes/$id', list: '/routes' },
  nameserver: { one: 'group of nameservers', many: 'nameservers', icon: Globe, page: '/dns/$id', list: '/dns' },
  'posture-check': { one: 'posture check', many: 'posture checks', icon: ClipboardCheck, page: '/posture-checks/$id', list: '/posture-checks' },
  'setup-key': { one: 'setup key', many: 'setup keys', icon: Key, page: '/setup-keys/$id', list: '/setup-keys' },
} as const satisfies Record<ItemKind, Look & { page: string; list: string }>

export const isItemKind = (kind: string): kind is ItemKind => Object.hasOwn(ITEMS, kind)

/** The lists that changes are of, where their items have pages. */
const CHANGED: Partial<Record<Change['resource'], ItemKind>> = {
  groups: 'group',
  users: 'user',
  policies: 'policy',
  networks: 'network',
  routes: 'route',
  nameserver_groups: 'nameserver',
  posture_checks: 'posture-check',
  setup_keys: 'setup-key',
}

export const changedKind = (resource: Change['resource']): ItemKind | undefined => CHANGED[resource]

/** The list whose changes tell of such an item; of peers none are noted. */
export const changesOf = (kind: ItemKind): Change['resource'] | undefined => (Object.keys(CHANGED) as Change['resource'][]).find((resource) => CHANGED[resource] === kind)
