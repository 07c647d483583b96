import { codeOf } from './pageCode'
import type { PageDefinition } from './pageDefinition'
import { itemSearch } from './searches'

/** The pages of single things of a network. */
export const ITEM_PAGES = {
  group: {
    path: '/groups/$id',
    title: 'Group',
    parent: '/groups',
    permission: 'netbird:read',
    what: 'groups',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/GroupPage'), 'GroupPage'),
  },
  user: {
    path: '/users/$id',
    title: 'User',
    parent: '/users',
    permission: 'netbird:read',
    what: 'users',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/UserPage'), 'UserPage'),
  },
  policy: {
    path: '/policies/$id',
    title: 'Policy',
    parent: '/policies',
    permission: 'netbird:read',
    what: 'policies',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/PolicyPage'), 'PolicyPage'),
  },
  network: {
    path: '/networks/$id',
    title: 'Network',
    parent: '/networks',
    permission: 'netbird:read',
    what: 'networks',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/NetworkPage'), 'NetworkPage'),
  },
  route: {
    path: '/routes/$id',
    title: 'Route',
    parent: '/routes',
    permission: 'netbird:read',
    what: 'routes',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/RoutePage'), 'RoutePage'),
  },
  nameserver: {
    path: '/dns/$id',
    title: 'Nameservers',
    parent: '/dns',
    permission: 'netbird:read',
    what: 'nameservers',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/NameserverPage'), 'NameserverPage'),
  },
  postureCheck: {
    path: '/posture-checks/$id',
    title: 'Posture check',
    parent: '/posture-checks',
    permission: 'netbird:read',
    what: 'posture checks',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/PostureCheckPage'), 'PostureCheckPage'),
  },
  setupKey: {
    path: '/setup-keys/$id',
    title: 'Setup key',
    parent: '/setup-keys',
    permission: 'netbird:read',
    what: 'setup keys',
    search: itemSearch,
    code: codeOf(() => import('@/features/network/SetupKeyPage'), 'SetupKeyPage'),
  },
} as const satisfies Record<string, PageDefinition>
