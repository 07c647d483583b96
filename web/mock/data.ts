import type { Account, Alert, DashboardOverview, Group, Peer, UserProfile } from '../src/api/types'
import { alerts } from './alerting-data'
import { events } from './event-data'
import { changedPeers } from './happened'
import { before, DAY, HOUR, MINUTE } from './times'

export const user = (): UserProfile => ({
  id: '0193a000-0000-7000-8000-000000000001',
  email: 'netadmin@acme.example',
  name: 'Nora Adler',
  role: 'owner',
  tenantId: '0193a000-0000-7000-8000-000000000000',
  tenantName: 'Acme Networks',
  tenants: [
    { id: '0193a000-0000-7000-8000-000000000000', name: 'Acme Networks', role: 'owner' },
    { id: '0193a000-0000-7000-8000-00000000000b', name: 'Blue Harbour', role: 'viewer' },
  ],
  permissions: [
    'netbird:read',
    'accounts:read',
    'accounts:write',
    'metrics:write',
    'proposals:write',
    'reviews:write',
    'proposals:approve',
    'accounts:sync',
    'alerts:read',
    'alerts:acknowledge',
    'alerts:suppress',
    'alerts:resolve',
    'rules:read',
    'rules:write',
    'dashboard:read',
    'tenant:read',
    'tenant:write',
    'tenant:transfer',
    'tenant:delete',
    'users:read',
    'users:write',
    'tokens:write',
    'tokens:manage',
    'sso:write',
    'audit:read',
  ],
  hasPassword: true,
  secondFactor: { enabled: false, recoveryCodesLeft: 0 },
  signInMethod: 'password',
  createdAt: before(90 * DAY),
  lastLogin: before(MINUTE),
})

export const accounts = (): Account[] => [
  {
    id: 'acc-hq',
    name: 'HQ',
    baseUrl: 'https://netbird.acme.example',
    domain: 'acme.example',
    status: 'healthy',
    apiStatus: 'healthy',
    syncIntervalSeconds: 60,
    lastSync: before(12_000),
    lastAttempt: before(12_000),
    nextSync: before(-48_000),
    errorCount: 0,
    peers: { total: 52, online: 48, offline: 3, unconfirmed: 1 },
    notOffered: [],
    notReadable: [],
    createdAt: before(60 * DAY),
  },
  {
    id: 'acc-field',
    name: 'Field',
    baseUrl: 'https://api.netbird.io',
    domain: 'field.acme.example',
    status: 'degraded',
    statusReason: { code: 'rate_limited', detail: 'NetBird answered 429 to the last 4 requests.', since: before(9 * MINUTE) },
    apiStatus: 'degraded',
    syncIntervalSeconds: 300,
    lastSync: before(70_000),
    lastAttempt: before(10_000),
    errorCount: 4,
    peers: { total: 8, online: 8, offline: 0, unconfirmed: 0 },
    notOffered: ['posture checks', 'setup keys'],
    notReadable: ['dns settings'],
    createdAt: before(20 * DAY),
  },
]

const SYSTEMS = ['Linux Ubuntu 24.04', 'Windows 11', 'macOS 15.3', 'Linux Debian 12']
const KINDS = ['srv', 'laptop', 'edge', 'laptop']
const GROUPS = [['servers'], ['laptops'], ['routers'], ['db'], ['contractors', 'servers'], ['laptops', 'routers', 'berlin']]
const PLACES = [
  { city: 'Berlin', country: 'DE' },
  { city: 'Lyon', country: 'FR' },
  { city: 'Austin', country: 'US' },
  { city: '', country: '' },
]

const at = <T,>(list: readonly T[], index: number): T => list[index % list.length] as T

function peer(index: number): Peer {
  const name = index === 0 ? 'router-02' : `${at(KINDS, index)}-${String(index).padStart(2, '0')}`
  const status = index === 0 || index === 3 || index === 11 ? 'offline' : index === 7 ? 'unconfirmed' : 'online'
  const since = status === 'offline' ? before(7 * MINUTE + index * 43 * MINUTE) : before((index + 1) * 5 * HOUR)
  const field = index >= 52
  return {
    id: `peer-${index}`,
    accountId: field ? 'acc-field' : 'acc-hq',
    accountName: field ? 'Field' : 'HQ',
    name,
    hostname: name,
    ip: `100.101.${20 + index}.${(index * 53) % 254}`,
    connectionIp: `203.0.113.${index + 1}`,
    location: at(PLACES, index),
    status,
    since,
    lastSeen: since,
    lastLogin: before(20 * DAY),
    createdAt: before(100 * DAY),
    os: at(SYSTEMS, index),
    kernelVersion: '6.8.0-49-generic',
    version: index % 9 === 4 ? '0.59.4' : '0.76.3',
    groups: ['All', ...at(GROUPS, index)].slice(1),
    userId: index % 3 === 0 ? '' : 'grace',
    ...(index % 3 === 0 ? {} : { userName: 'Grace Hopper' }),
    dnsLabel: `${name}.netbird.cloud`,
    loginExpired: index === 17,
    approvalRequired: index === 23,
    ephemeral: index % 13 === 0,
    sshEnabled: index % 4 === 0,
    dnsEnabled: index % 5 === 0 ? null : true,
    firewallEnabled: true,
    ...changedPeers.get(`peer-${index}`),
  }
}

const URGENCY = { offline: 0, unconfirmed: 1, online: 2 }

export const peers = (): Peer[] =>
  Array.from({ length: 60 }, (_, index) => peer(index)).sort((one, other) => URGENCY[one.status] - URGENCY[other.status])

/** Names of forty letters between the usual ones. */
export const longPeers = (): Peer[] =>
  peers().map((one, index) => (index % 4 === 1 ? { ...one, name: `${one.name}-of-the-warehouse-in-lyon-second-floor`.slice(0, 40) } : one))

/** Every group of those peers, and one that nobody is in. */
export const groups = (): Group[] => {
  const found = new Map<string, Group>()
  for (const { accountId, accountName, groups: names } of peers()) {
    for (const name of names) {
      const group = found.get(accountId + name) ?? { id: `group-${accountId}-${name}`, accountId, accountName, name, peersCount: 0, resourcesCount: name === 'servers' ? 2 : 0, issued: 'api' }
      found.set(accountId + name, { ...group, peersCount: group.peersCount + 1 })
    }
  }
  const unused = { id: 'group-acc-hq-maintenance', accountId: 'acc-hq', accountName: 'HQ', name: 'maintenance', peersCount: 0, resourcesCount: 0, issued: 'api' }
  return [...found.values(), unused].sort((one, other) => one.name.localeCompare(other.name) || one.accountName.localeCompare(other.accountName))
}

/** A network as large as they come. */
export const manyPeers = (): Peer[] =>
  Array.from({ length: 25_000 }, (_, index) => ({ ...peer(index % 60), id: `peer-${index}`, name: `${at(KINDS, index)}-${String(index).padStart(5, '0')}` }))

const RANK = { critical: 0, high: 1, medium: 2, low: 3 }

const countAlerts = (some: readonly Alert[]) => {
  const of = (severity: Alert['severity']) => some.filter((alert) => alert.severity === severity).length
  return { total: some.length, critical: of('critical'), high: of('high'), medium: of('medium'), low: of('low') }
}

const countActive = (some: readonly Alert[]) => {
  const of = (status: Alert['status']) => countAlerts(some.filter((alert) => alert.status === status))
  return { total: some.filter(({ status }) => status !== 'resolved').length, open: of('open'), acknowledged: of('acknowledged'), suppressed: of('suppressed') }
}

/** The overview of one account, or of all, as the server makes it. */
export const overview = (accountId: string | null = null, of: Account[] = accounts()): DashboardOverview => {
  const inView = ({ accountId: id }: { accountId: string }) => accountId === null || id === accountId
  const wanted = of.filter(({ id }) => accountId === null || id === accountId)
  const shown = alerts().filter(inView)
  const account = accountId === null ? undefined : wanted[0]
  return {
    ...wholeOverview(),
    ...(account && {
      totalPeers: account.peers.total,
      onlinePeers: account.peers.online,
      offlinePeers: account.peers.offline,
      unconfirmedPeers: account.peers.unconfirmed,
    }),
    needsAttention: shown
      .filter(({ status }) => status !== 'resolved')
      .sort((one, other) => RANK[one.severity] - RANK[other.severity] || one.triggeredAt.localeCompare(other.triggeredAt)),
    recentAlerts: shown,
    openAlerts: countAlerts(shown.filter(({ status }) => status === 'open')),
    activeAlerts: countActive(shown),
    systemHealth: {
      ...wholeOverview().systemHealth,
      accounts: wanted.map((one) => ({ ...one, activeAlerts: countActive(alerts().filter(({ accountId: id }) => id === one.id)) })),
    },
    latestEvents: events().filter((event) => event.source === 'netbird' && inView(event)).slice(0, 6),
  }
}

const wholeOverview = (): DashboardOverview => ({
  totalPeers: 60,
  onlinePeers: 56,
  offlinePeers: 3,
  unconfirmedPeers: 1,
  totalUsers: 18,
  activeUsers: 14,
  totalGroups: 9,
  totalPolicies: 12,
  recentAlerts: alerts(),
  needsAttention: [],
  openAlerts: countAlerts([]),
  activeAlerts: countActive([]),
  systemHealth: { apiStatus: 'degraded', lastSync: before(12_000), errorCount: 4, accounts: [] },
  networkTrends: { peerGrowth: 5.26, uptime: 96.31, alertRate: 7 },
  latestEvents: events().slice(0, 6),
  asOf: before(0),
  accounts: 2,
  rules: 3,
})

export const emptyOverview = (): DashboardOverview => ({
  ...overview(),
  totalPeers: null,
  onlinePeers: null,
  offlinePeers: null,
  unconfirmedPeers: null,
  totalUsers: null,
  activeUsers: null,
  totalGroups: null,
  totalPolicies: null,
  needsAttention: [],
  recentAlerts: [],
  openAlerts: countAlerts([]),
  activeAlerts: countActive([]),
  networkTrends: { peerGrowth: null, uptime: null, alertRate: null },
  systemHealth: { apiStatus: 'unknown', errorCount: 0, accounts: [] },
  latestEvents: [],
  accounts: 0,
  rules: 0,
})

export const mails = () => [
  { file: '0001.eml', subject: 'Critical: router-02 is offline', to: 'ops@acme.example', date: before(7 * MINUTE) },
  { file: '0002.eml', subject: '[Resolved] edge-55 is back online', to: 'ops@acme.example', date: before(2 * DAY) },
]

export const mail = (origin: string): string =>
  [
    'From: NetBird platform <alerts@netbird-platform.example>',
    'To: ops@acme.example',
    'Subject: =?utf-8?Q?Critical:_router-02_is_offline?=',
    `Date: ${new Date(Date.now() - 7 * MINUTE).toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'router-02 of routers has been offline for 3=C2=A0min.',
    '',
    `Open the alert: ${origin}/t/0193a000-0000-7000-8000-000000000000/alerts/0193b000-0000-7000-8000-000000000004`,
    '',
    'Tenant: Acme https://evil.example/phish',
    '--part',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<h1 style=3D"font:600 20px sans-serif">router-02 is offline</h1><p>router-02 of routers has been offline for 3=C2=A0min.</p>',
    '--part--',
    '',
  ].join('\r\n')
