import type { Account, Alert, AlertRule, DashboardOverview, Event, Peer, UserProfile } from '../src/api/types'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const before = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString()

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
    'accounts:sync',
    'alerts:read',
    'alerts:acknowledge',
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
    lastSync: before(12_000),
    lastAttempt: before(12_000),
    nextSync: before(-48_000),
    errorCount: 0,
    peers: { total: 52, online: 48, offline: 3, unconfirmed: 1 },
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
    lastSync: before(70_000),
    lastAttempt: before(10_000),
    errorCount: 4,
    peers: { total: 8, online: 8, offline: 0, unconfirmed: 0 },
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
    userId: index % 3 === 0 ? '' : 'auth0|65f2c1',
    dnsLabel: `${name}.netbird.cloud`,
    loginExpired: index === 17,
    approvalRequired: index === 23,
    ephemeral: index % 13 === 0,
    sshEnabled: index % 4 === 0,
    dnsEnabled: index % 5 === 0 ? null : true,
    firewallEnabled: true,
  }
}

const URGENCY = { offline: 0, unconfirmed: 1, online: 2 }

export const peers = (): Peer[] =>
  Array.from({ length: 60 }, (_, index) => peer(index)).sort((one, other) => URGENCY[one.status] - URGENCY[other.status])

const SEEN: readonly [string, string, Record<string, string>, string][] = [
  ['Peer added', 'user.peer.add', { name: 'laptop-11', fqdn: 'laptop-11.netbird.cloud' }, 'support'],
  ['Peer SSH server enabled', 'peer.ssh.enable', { name: 'srv-04' }, 'netadmin'],
  ['Policy updated', 'policy.update', { name: 'laptops to servers' }, 'admin'],
  ['Group added to peer', 'peer.group.add', { peer_name: 'edge-07', group: 'routers' }, 'admin'],
  ['Setup key created', 'setupkey.add', { name: 'laptops' }, 'netadmin'],
  ['Peer login expired', 'peer.login.expire', { name: 'laptop-17' }, ''],
]

export const events = (): Event[] =>
  Array.from({ length: 40 }, (_, index) => {
    const [activity, activityCode, meta, initiatorName] = at(SEEN, index)
    return {
      id: String(900 - index),
      accountId: index % 6 === 5 ? 'acc-field' : 'acc-hq',
      timestamp: before((index * index * 3 + 2) * MINUTE),
      activity,
      activityCode,
      initiatorId: initiatorName,
      initiatorName,
      initiatorEmail: initiatorName && `${initiatorName}@acme.example`,
      targetId: `target-${index}`,
      meta,
    }
  })

export const rules = (): AlertRule[] => [
  {
    id: 'rule-router',
    name: 'Routing peer down',
    description: '',
    conditionType: 'peer_offline',
    conditionConfig: { threshold: 1, duration: 3, groups: ['routers'] },
    severity: 'critical',
    enabled: true,
    forMinutes: 0,
    keepFiringMinutes: 0,
    notificationConfig: {
      email: { enabled: true, recipients: ['ops@acme.example'] },
      webhook: { enabled: true, url: 'https://hooks.acme.example/netops', headers: { 'X-Team': '••••' }, secretHint: 'whsec_…q3fA' },
    },
    sentence: 'When any peer of routers is offline for 3 min, tell ops@acme.example and hooks.acme.example; critical.',
    createdAt: before(30 * DAY),
    updatedAt: before(30 * DAY),
    createdBy: '0193a000-0000-7000-8000-000000000001',
  },
  {
    id: 'rule-servers',
    name: 'Servers below 8',
    description: 'The cluster needs eight for quorum.',
    conditionType: 'peer_count',
    conditionConfig: { operator: 'less_than', threshold: 8, groups: ['servers'], status: 'online' },
    severity: 'high',
    enabled: true,
    forMinutes: 5,
    keepFiringMinutes: 0,
    notificationConfig: { email: { enabled: true, recipients: ['ops@acme.example', 'oncall@acme.example'] } },
    sentence: 'When fewer than 8 peers of servers are online for 5 min, tell ops@acme.example and oncall@acme.example; high.',
    createdAt: before(12 * DAY),
    updatedAt: before(12 * DAY),
    createdBy: '0193a000-0000-7000-8000-000000000001',
  },
  {
    id: 'rule-any',
    name: 'More than 20 peers offline',
    description: '',
    conditionType: 'peer_offline',
    conditionConfig: { threshold: 20, duration: 10 },
    severity: 'medium',
    enabled: false,
    forMinutes: 0,
    keepFiringMinutes: 10,
    notificationConfig: {},
    sentence: 'When at least 20 peers are offline for 10 min, tell nobody; medium.',
    createdAt: before(2 * DAY),
    updatedAt: before(2 * DAY),
    createdBy: '0193a000-0000-7000-8000-000000000001',
  },
]

export const alerts = (): Alert[] => [
  {
    id: '0193b000-0000-7000-8000-000000000004',
    ruleId: 'rule-router',
    ruleName: 'Routing peer down',
    accountId: 'acc-hq',
    accountName: 'HQ',
    status: 'open',
    severity: 'critical',
    title: 'router-02 is offline',
    message: 'router-02 of routers has been offline for 3 min.',
    details: {
      beganAt: before(10 * MINUTE),
      groups: ['routers'],
      of: 12,
      affected: { total: 1, peers: [{ id: 'peer-0', name: 'router-02', since: before(10 * MINUTE) }] },
    },
    triggeredAt: before(7 * MINUTE),
    notifications: [
      { channel: 'email', target: 'ops@acme.example', event: 'fired', status: 'delivered', attempts: 1, at: before(7 * MINUTE - 6000) },
      {
        channel: 'webhook',
        target: 'hooks.acme.example',
        event: 'fired',
        status: 'pending',
        attempts: 2,
        lastError: 'The receiver answered 503.',
        at: before(7 * MINUTE - 5000),
      },
    ],
    version: 1,
  },
  {
    id: '0193b000-0000-7000-8000-000000000003',
    ruleId: 'rule-servers',
    ruleName: 'Servers below 8',
    accountId: 'acc-hq',
    accountName: 'HQ',
    status: 'acknowledged',
    severity: 'high',
    title: '7 peers of servers are online, fewer than 8',
    message: 'srv-03, srv-07 and srv-08 are offline.',
    details: {
      beganAt: before(10 * MINUTE),
      groups: ['routers'],
      of: 12,
      affected: {
        total: 3,
        peers: [
          { id: 'peer-3', name: 'srv-03', since: before(2 * HOUR + 16 * MINUTE) },
          { id: 'peer-7', name: 'srv-07', since: before(2 * HOUR + 20 * MINUTE) },
          { id: 'peer-8', name: 'srv-08', since: before(5 * HOUR) },
        ],
      },
    },
    triggeredAt: before(2 * HOUR + 14 * MINUTE),
    acknowledgedAt: before(2 * HOUR + 7 * MINUTE),
    acknowledgedBy: { id: 'u', name: 'Nora Adler' },
    acknowledgedMessage: 'Power work in rack 4 until noon.',
    notifications: [
      { channel: 'email', target: 'ops@acme.example', event: 'fired', status: 'delivered', attempts: 1, at: before(2 * HOUR + 14 * MINUTE) },
      {
        channel: 'email',
        target: 'oncall@acme.example',
        event: 'fired',
        status: 'failed',
        attempts: 8,
        lastError: 'Mailbox unavailable (550).',
        at: before(2 * HOUR + 14 * MINUTE),
      },
    ],
    version: 2,
  },
  {
    id: '0193b000-0000-7000-8000-000000000002',
    ruleId: 'rule-router',
    ruleName: 'Routing peer down',
    accountId: 'acc-field',
    accountName: 'Field',
    status: 'resolved',
    severity: 'medium',
    title: 'edge-55 is offline',
    message: 'edge-55 of routers has been offline for 3 min.',
    details: { beganAt: before(2 * DAY + 4 * HOUR), groups: [], of: 8, affected: { total: 0, peers: [] } },
    triggeredAt: before(2 * DAY + 3 * HOUR),
    resolvedAt: before(2 * DAY + 2 * HOUR),
    notifications: [],
    version: 2,
  },
  {
    id: '0193b000-0000-7000-8000-000000000001',
    ruleId: 'rule-any',
    ruleName: 'More than 20 peers offline',
    accountId: 'acc-hq',
    accountName: 'HQ',
    status: 'resolved',
    severity: 'low',
    title: '22 peers are offline',
    message: '22 peers were offline for 10 min.',
    details: { beganAt: before(2 * DAY + 4 * HOUR), groups: [], of: 8, affected: { total: 0, peers: [] } },
    triggeredAt: before(9 * DAY),
    resolvedAt: before(9 * DAY - 25 * MINUTE),
    resolvedBy: { id: 'u', name: 'Nora Adler' },
    resolvedMessage: 'Planned switch replacement.',
    notifications: [],
    version: 2,
  },
]

export const overview = (): DashboardOverview => ({
  totalPeers: 60,
  onlinePeers: 56,
  offlinePeers: 3,
  unconfirmedPeers: 1,
  totalUsers: 18,
  activeUsers: 14,
  totalGroups: 9,
  totalPolicies: 12,
  recentAlerts: alerts(),
  openAlerts: { total: 1, critical: 1, high: 0, medium: 0, low: 0 },
  systemHealth: {
    apiStatus: 'degraded',
    lastSync: before(12_000),
    errorCount: 4,
    accounts: accounts(),
  },
  networkTrends: { peerGrowth: null, uptime: null, alertRate: null },
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
  recentAlerts: [],
  openAlerts: { total: 0, critical: 0, high: 0, medium: 0, low: 0 },
  systemHealth: { apiStatus: 'unknown', errorCount: 0, accounts: [] },
  latestEvents: [],
  accounts: 0,
  rules: 0,
})

export const mails = () => [
  { file: '0001.eml', subject: 'Critical: router-02 is offline', to: 'ops@acme.example', date: before(7 * MINUTE) },
  { file: '0002.eml', subject: 'Resolved: edge-55 is online again', to: 'ops@acme.example', date: before(2 * DAY) },
]

export const mail = (): string =>
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
    'Open the alert: http://localhost:3000/alerts/0193b000-0000-7000-8000-000000000004',
    '--part',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<h1 style=3D"font:600 20px sans-serif">router-02 is offline</h1><p>router-02 of routers has been offline for 3=C2=A0min.</p>',
    '--part--',
    '',
  ].join('\r\n')
