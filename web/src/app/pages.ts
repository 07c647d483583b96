import { lazyRouteComponent } from '@tanstack/react-router'
import { Bell, Boxes, Building2, Cable, ChartLine, ChartNetwork, ClipboardCheck, Globe, Grid3x3, Key, KeyRound, LayoutGrid, List, LogIn, Mail, Monitor, MonitorSmartphone, Network, Route, ScrollText, SearchCheck, Settings, ShieldCheck, ShieldQuestionMark, Table2, UserRound, Users, Waypoints, type LucideIcon } from 'lucide-react'
import type { Permission } from '@/api/client'
import type { UserProfile } from '@/api/types'
import { accessSearch, accountsSearch, alertsSearch, auditSearch, eventsSearch, findingsSearch, groupsSearch, mailSearch, matrixSearch, membersSearch, metricsSearch, nameserversSearch, networksSearch, overviewSearch, peerSearch, peersSearch, policiesSearch, postureChecksSearch, routesSearch, sessionsSearch, setupKeysSearch, tokensSearch, topologySearch, usersSearch } from './searches'
import { ALERTING_PAGES } from './alertingPages'

/** Which list a page is in: the sidebar's, or the settings'. */
export type Menu = 'watch' | 'network' | 'access' | 'alerting' | 'workspace' | 'you' | 'tenant'

/**
 * A page of the frame. This is all that says so: router, sidebar, settings, palette, guard and header read it here, and
 * the tests of states are not complete without an entry for each.
 */
export interface PageDefinition {
  path: string
  /** In the header, the window's title, menus and the palette. */
  title: string
  parent?: string
  icon?: LucideIcon
  menu?: Menu
  permission?: Permission
  /** Who may not see it is told that they may not see this. */
  what?: string
  /** Other words that the palette finds it by. */
  words?: readonly string[]
  /** Whether it is of any use to somebody who may see it. */
  useful?: (user: UserProfile, host: { keepsMail: boolean }) => boolean
  /** `full-bleed`: to the edges of the window, and no footer. */
  layout?: 'full-bleed'
  /** The parameters of its address, by what an address says. */
  search?: (raw: Record<string, unknown>) => object
  component: ReturnType<typeof lazyRouteComponent>
}

export const PAGES = {
  overview: {
    path: '/',
    title: 'Overview',
    icon: LayoutGrid,
    menu: 'watch',
    permission: 'dashboard:read',
    what: 'the overview',
    words: ['dashboard', 'home', 'health'],
    search: overviewSearch,
    component: lazyRouteComponent(() => import('@/features/overview/OverviewPage'), 'OverviewPage'),
  },
  alerts: {
    path: '/alerts',
    title: 'Alerts',
    icon: Bell,
    menu: 'watch',
    permission: 'alerts:read',
    what: 'alerts',
    words: ['incidents', 'acknowledge', 'resolve'],
    search: alertsSearch,
    component: lazyRouteComponent(() => import('@/features/alerts/AlertsPage'), 'AlertsPage'),
  },
  alert: {
    path: '/alerts/$alertId',
    title: 'Alert',
    parent: '/alerts',
    permission: 'alerts:read',
    what: 'alerts',
    component: lazyRouteComponent(() => import('@/features/alerts/AlertPage'), 'AlertPage'),
  },
  metrics: {
    path: '/metrics',
    title: 'Metrics',
    icon: ChartLine,
    menu: 'watch',
    permission: 'dashboard:read',
    what: 'metrics',
    words: ['history', 'trends', 'chart', 'statistics', 'sync duration'],
    search: metricsSearch,
    component: lazyRouteComponent(() => import('@/features/metrics/MetricsPage'), 'MetricsPage'),
  },
  peers: {
    path: '/peers',
    title: 'Peers',
    icon: Monitor,
    menu: 'network',
    permission: 'netbird:read',
    what: 'peers',
    words: ['machines', 'devices', 'hosts'],
    search: peersSearch,
    component: lazyRouteComponent(() => import('@/features/peers/PeersPage'), 'PeersPage'),
  },
  peer: {
    path: '/peers/$peerId',
    title: 'Peer',
    parent: '/peers',
    permission: 'netbird:read',
    what: 'peers',
    search: peerSearch,
    component: lazyRouteComponent(() => import('@/features/peers/PeerPage'), 'PeerPage'),
  },
  topology: {
    path: '/topology',
    title: 'Topology',
    icon: ChartNetwork,
    menu: 'network',
    permission: 'netbird:read',
    what: 'the topology',
    words: ['graph', 'map', 'drawing', 'reach', 'who can reach what'],
    layout: 'full-bleed',
    search: topologySearch,
    component: lazyRouteComponent(() => import('@/features/topology/TopologyPage'), 'TopologyPage'),
  },
  groups: {
    path: '/groups',
    title: 'Groups',
    icon: Boxes,
    menu: 'network',
    permission: 'netbird:read',
    what: 'groups',
    search: groupsSearch,
    component: lazyRouteComponent(() => import('@/features/network/GroupsPage'), 'GroupsPage'),
  },
  setupKeys: {
    path: '/setup-keys',
    title: 'Setup keys',
    icon: Key,
    menu: 'network',
    permission: 'netbird:read',
    what: 'setup keys',
    words: ['enrol', 'join', 'register'],
    search: setupKeysSearch,
    component: lazyRouteComponent(() => import('@/features/network/SetupKeysPage'), 'SetupKeysPage'),
  },
  users: {
    path: '/users',
    title: 'Users',
    icon: UserRound,
    menu: 'network',
    permission: 'netbird:read',
    what: 'users',
    words: ['NetBird users', 'service users', 'logins'],
    search: usersSearch,
    component: lazyRouteComponent(() => import('@/features/network/UsersPage'), 'UsersPage'),
  },
  access: {
    path: '/access',
    title: 'Access',
    icon: ShieldQuestionMark,
    menu: 'access',
    permission: 'netbird:read',
    what: 'who can reach what',
    words: ['reach', 'who can', 'firewall', 'ports', 'why'],
    search: accessSearch,
    component: lazyRouteComponent(() => import('@/features/access/AccessPage'), 'AccessPage'),
  },
  matrix: {
    path: '/access/matrix',
    title: 'Access matrix',
    parent: '/access',
    icon: Grid3x3,
    menu: 'access',
    permission: 'netbird:read',
    what: 'the access matrix',
    words: ['matrix', 'who reaches whom', 'groups'],
    search: matrixSearch,
    component: lazyRouteComponent(() => import('@/features/matrix/MatrixPage'), 'MatrixPage'),
  },
  policies: {
    path: '/policies',
    title: 'Policies',
    icon: Waypoints,
    menu: 'access',
    permission: 'netbird:read',
    what: 'policies',
    words: ['access', 'ports', 'firewall'],
    search: policiesSearch,
    component: lazyRouteComponent(() => import('@/features/network/PoliciesPage'), 'PoliciesPage'),
  },
  findings: {
    path: '/findings',
    title: 'Findings',
    icon: SearchCheck,
    menu: 'access',
    permission: 'netbird:read',
    what: 'findings',
    words: ['audit', 'hygiene', 'unused', 'shadowed', 'review', 'risks'],
    search: findingsSearch,
    component: lazyRouteComponent(() => import('@/features/findings/FindingsPage'), 'FindingsPage'),
  },
  postureChecks: {
    path: '/posture-checks',
    title: 'Posture checks',
    icon: ClipboardCheck,
    menu: 'access',
    permission: 'netbird:read',
    what: 'posture checks',
    words: ['compliance', 'versions', 'location'],
    search: postureChecksSearch,
    component: lazyRouteComponent(() => import('@/features/network/PostureChecksPage'), 'PostureChecksPage'),
  },
  networks: {
    path: '/networks',
    title: 'Networks',
    icon: Cable,
    menu: 'access',
    permission: 'netbird:read',
    what: 'networks',
    words: ['resources', 'routers', 'subnets', 'domains'],
    search: networksSearch,
    component: lazyRouteComponent(() => import('@/features/network/NetworksPage'), 'NetworksPage'),
  },
  routes: {
    path: '/routes',
    title: 'Routes',
    icon: Route,
    menu: 'access',
    permission: 'netbird:read',
    what: 'routes',
    words: ['ranges', 'exit nodes', 'domains'],
    search: routesSearch,
    component: lazyRouteComponent(() => import('@/features/network/RoutesPage'), 'RoutesPage'),
  },
  nameservers: {
    path: '/dns',
    title: 'DNS',
    icon: Globe,
    menu: 'access',
    permission: 'netbird:read',
    what: 'nameservers',
    words: ['nameservers', 'name resolution', 'domains'],
    search: nameserversSearch,
    component: lazyRouteComponent(() => import('@/features/network/NameserversPage'), 'NameserversPage'),
  },
  events: {
    path: '/events',
    title: 'Events',
    icon: List,
    menu: 'network',
    permission: 'netbird:read',
    what: 'events',
    words: ['activity', 'log'],
    search: eventsSearch,
    component: lazyRouteComponent(() => import('@/features/events/EventsPage'), 'EventsPage'),
  },
  ...ALERTING_PAGES,
  audit: {
    path: '/audit',
    title: 'Audit trail',
    icon: ScrollText,
    menu: 'workspace',
    permission: 'audit:read',
    what: 'the audit trail',
    words: ['audit', 'log', 'who did'],
    search: auditSearch,
    component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
  },
  settings: {
    path: '/settings',
    title: 'Settings',
    icon: Settings,
    menu: 'workspace',
    component: lazyRouteComponent(() => import('./shell/SettingsFrame'), 'SettingsFrame'),
  },
  profile: {
    path: '/settings/profile',
    title: 'Profile',
    parent: '/settings',
    icon: UserRound,
    menu: 'you',
    words: ['name', 'email', 'account'],
    component: lazyRouteComponent(() => import('@/features/me/ProfilePage'), 'ProfilePage'),
  },
  security: {
    path: '/settings/security',
    title: 'Security',
    parent: '/settings',
    icon: ShieldCheck,
    menu: 'you',
    words: ['password', 'second factor', 'authenticator', 'recovery codes'],
    // An identity provider keeps the password of whom it brings.
    useful: ({ signInMethod }) => signInMethod !== 'sso',
    component: lazyRouteComponent(() => import('@/features/me/SecurityPage'), 'SecurityPage'),
  },
  sessions: {
    path: '/settings/sessions',
    title: 'Sessions',
    parent: '/settings',
    icon: MonitorSmartphone,
    menu: 'you',
    words: ['devices', 'sign out everywhere'],
    search: sessionsSearch,
    component: lazyRouteComponent(() => import('@/features/me/SessionsPage'), 'SessionsPage'),
  },
  tokens: {
    path: '/settings/tokens',
    title: 'API tokens',
    parent: '/settings',
    icon: KeyRound,
    menu: 'you',
    permission: 'tokens:write',
    what: 'API tokens',
    words: ['keys'],
    search: tokensSearch,
    component: lazyRouteComponent(() => import('@/features/tokens/TokensPage'), 'TokensPage'),
  },
  newToken: {
    path: '/settings/tokens/new',
    title: 'New API token',
    parent: '/settings/tokens',
    permission: 'tokens:write',
    what: 'API tokens',
    component: lazyRouteComponent(() => import('@/features/tokens/NewTokenPage'), 'NewTokenPage'),
  },
  tenant: {
    path: '/settings/tenant',
    title: 'Tenant',
    parent: '/settings',
    icon: Building2,
    menu: 'tenant',
    permission: 'tenant:read',
    what: 'the tenant',
    words: ['organisation', 'leave', 'delete'],
    component: lazyRouteComponent(() => import('@/features/tenant/TenantPage'), 'TenantPage'),
  },
  members: {
    path: '/settings/members',
    title: 'Members',
    parent: '/settings',
    icon: Users,
    menu: 'tenant',
    permission: 'users:read',
    what: 'the members',
    words: ['invite', 'users', 'people', 'team'],
    search: membersSearch,
    component: lazyRouteComponent(() => import('@/features/members/MembersPage'), 'MembersPage'),
  },
  roles: {
    path: '/settings/roles',
    title: 'Roles',
    parent: '/settings',
    icon: Table2,
    menu: 'tenant',
    words: ['permissions'],
    component: lazyRouteComponent(() => import('@/features/members/RolesPage'), 'RolesPage'),
  },
  sso: {
    path: '/settings/sso',
    title: 'Single sign-on',
    parent: '/settings',
    icon: LogIn,
    menu: 'tenant',
    permission: 'sso:write',
    what: 'single sign-on',
    words: ['SSO', 'OIDC', 'identity provider'],
    component: lazyRouteComponent(() => import('@/features/tenant/SsoPage'), 'SsoPage'),
  },
  accounts: {
    path: '/settings/accounts',
    title: 'NetBird accounts',
    parent: '/settings',
    icon: Network,
    menu: 'tenant',
    permission: 'accounts:read',
    what: 'accounts',
    words: ['sync'],
    search: accountsSearch,
    component: lazyRouteComponent(() => import('@/features/accounts/AccountsPage'), 'AccountsPage'),
  },
  networkSettings: {
    path: '/settings/accounts/$accountId/network',
    title: 'Network settings',
    parent: '/settings/accounts',
    permission: 'netbird:read',
    what: 'the settings of networks',
    component: lazyRouteComponent(() => import('@/features/accounts/NetworkSettingsPage'), 'NetworkSettingsPage'),
  },
  connect: {
    path: '/settings/accounts/connect',
    title: 'Connect an account',
    parent: '/settings/accounts',
    permission: 'accounts:write',
    what: 'this: only admins and above can connect accounts',
    component: lazyRouteComponent(() => import('@/features/accounts/ConnectPage'), 'ConnectPage'),
  },
  mail: {
    path: '/settings/mail',
    title: 'Mail',
    parent: '/settings',
    icon: Mail,
    menu: 'workspace',
    useful: (_, { keepsMail }) => keepsMail,
    search: mailSearch,
    component: lazyRouteComponent(() => import('@/features/mail/MailPage'), 'MailPage'),
  },
} as const satisfies Record<string, PageDefinition>

export type PagePath = (typeof PAGES)[keyof typeof PAGES]['path']
/** The pages that need no parameter in their path. */
export type PlainPath = Exclude<PagePath, `${string}$${string}`>

export const ALL_PAGES: readonly PageDefinition[] = Object.values(PAGES)

export const pageAt = (path: string): PageDefinition | undefined => ALL_PAGES.find((page) => page.path === path)
