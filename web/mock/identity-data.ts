import type { ApiToken, Invitation, Permission, PlatformUser, RoleDescription, Session, SsoSettings, Tenant, UserProfile } from '../src/api/types'
import { user } from './data'
import { before, DAY, HOUR, MINUTE } from './times'

const PERMISSIONS: readonly (readonly [name: Permission, description: string, least: number])[] = [
  ['dashboard:read', 'See the overview', 0],
  ['netbird:read', 'See peers, groups, policies and events', 0],
  ['alerts:read', 'See alerts', 0],
  ['rules:read', 'See alert rules', 0],
  ['accounts:read', 'See connected accounts', 0],
  ['tenant:read', 'See the tenant', 0],
  ['users:read', 'See members', 0],
  ['tokens:write', 'Create and revoke own API tokens', 0],
  ['alerts:acknowledge', 'Acknowledge alerts', 1],
  ['alerts:suppress', 'Suppress alerts', 1],
  ['alerts:resolve', 'Resolve alerts', 1],
  ['rules:write', 'Change alert rules', 1],
  ['proposals:write', 'Propose changes, and discuss them', 1],
  ['reviews:write', 'Make and sign access reviews', 1],
  ['metrics:write', 'Push metrics of one’s own, and remove them', 1],
  ['accounts:sync', 'Start a sync', 1],
  ['accounts:write', 'Connect and remove accounts', 2],
  ['proposals:approve', 'Approve and reject proposals', 2],
  ['audit:read', 'See the audit trail', 2],
  ['users:write', 'Invite, change and remove members', 2],
  ['tokens:manage', 'See and revoke everybody’s API tokens', 2],
  ['tenant:write', 'Rename the tenant', 2],
  ['sso:write', 'Set up single sign-on', 3],
  ['tenant:transfer', 'Transfer ownership', 3],
  ['tenant:delete', 'Delete the tenant', 3],
]

const permissionsOf = (rank: number) => PERMISSIONS.filter(([, , least]) => least <= rank).map(([name, description]) => ({ name, description }))

export const roles = (): RoleDescription[] => [
  { name: 'owner', title: 'Owner', description: 'All of it, with single sign-on, ownership and the end of the tenant.', permissions: permissionsOf(3) },
  { name: 'admin', title: 'Admin', description: 'Members, accounts and settings.', permissions: permissionsOf(2) },
  { name: 'network_admin', title: 'Network admin', description: 'Alerts and rules; connects nothing and invites nobody.', permissions: permissionsOf(1) },
  { name: 'viewer', title: 'Viewer', description: 'Sees everything about the network and changes nothing.', permissions: permissionsOf(0) },
]

const names = (rank: number) => permissionsOf(rank).map(({ name }) => name)

export const viewer = (): UserProfile => ({ ...user(), role: 'viewer', permissions: names(0) })

export const ssoUser = (): UserProfile => ({
  ...viewer(),
  hasPassword: false,
  signInMethod: 'sso',
  tenants: user().tenants.slice(0, 1),
})

/** Somebody with a password who came by single sign-on this time. */
export const ssoMember = (): UserProfile => ({ ...user(), signInMethod: 'sso' })

export const withSecondFactor = (): UserProfile => ({ ...user(), secondFactor: { enabled: true, recoveryCodesLeft: 2 } })

export const sessions = (): Session[] => [
  { id: 's-1', current: true, ip: '203.0.113.20', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', device: 'Firefox on Linux', createdAt: before(3 * HOUR), lastUsedAt: before(4000), expiresAt: before(-9 * HOUR), remember: false, tenantName: 'Acme Networks', method: 'password' },
  { id: 's-2', current: false, ip: '198.51.100.7', userAgent: 'Mozilla/5.0 (iPhone)', device: 'Safari on iPhone', createdAt: before(6 * DAY), lastUsedAt: before(2 * HOUR), expiresAt: before(-24 * DAY), remember: true, tenantName: 'Acme Networks', method: 'password' },
  { id: 's-3', current: false, ip: '2001:db8:85a3::8a2e:370:7334', userAgent: 'curl/8.5', device: 'Unknown device', createdAt: before(20 * HOUR), lastUsedAt: before(19 * HOUR), expiresAt: before(-1 * HOUR), remember: false, tenantName: 'Blue Harbour', method: 'sso' },
]

const PEOPLE: readonly (readonly [name: string, part: Partial<PlatformUser>])[] = [
  ['Nora Adler', { id: user().id, role: 'owner', isSelf: true, lastLogin: before(MINUTE) }],
  ['Jonas Weber', { role: 'admin', secondFactor: true, lastLogin: before(3 * HOUR) }],
  ['Amélie Dubois', { role: 'network_admin', secondFactor: true, lastLogin: before(2 * DAY) }],
  ['Samir Haddad', { role: 'network_admin', method: 'sso', secondFactor: null, lastLogin: before(9 * DAY) }],
  ['Priya Raman', { role: 'viewer', lastLogin: null }],
  ['Tom Okafor', { role: 'viewer', status: 'inactive', lastLogin: before(120 * DAY) }],
]

export const memberId = (index: number): string => `0193a000-0000-7000-8000-00000000010${index}`

export const members = (): PlatformUser[] => [
  ...PEOPLE.map(
    ([name, part], index): PlatformUser => ({
      id: memberId(index),
      email: `${name.split(' ')[0]?.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() ?? ''}@acme.example`,
      name,
      role: 'viewer',
      status: 'active',
      isSelf: false,
      secondFactor: false,
      method: 'password',
      createdAt: before((90 - index) * DAY),
      ...part,
    }),
  ),
  { id: 'i-1', email: 'lea.marchetti-of-the-night-shift@contractors.example', name: '', role: 'viewer', status: 'invited', isSelf: false, secondFactor: null, method: 'password', createdAt: before(2 * DAY), invitedBy: 'Nora Adler', expiresAt: before(-5 * DAY) },
  { id: 'i-2', email: 'old@contractors.example', name: '', role: 'admin', status: 'invited', isSelf: false, secondFactor: null, method: 'password', createdAt: before(12 * DAY), invitedBy: 'Jonas Weber', expiresAt: before(5 * DAY) },
]

export const tenant = (): Tenant => ({
  id: user().tenantId,
  name: 'Acme Networks',
  createdAt: before(200 * DAY),
  members: 6,
  ownerNames: ['Nora Adler'],
  alertRetentionDays: 365,
  sso: { enabled: true, slug: 'acme' },
})

export const tokens = (): ApiToken[] => [
  { id: 't-1', name: 'Nightly inventory', prefix: 'nmp_ab12', scopes: ['netbird:read', 'accounts:read'], ipAllowList: ['203.0.113.0/24', '2001:db8::/32'], createdAt: before(30 * DAY), expiresAt: before(-60 * DAY), lastUsedAt: before(7 * HOUR), lastUsedIp: '203.0.113.9', owner: { id: memberId(0), name: 'Nora Adler' }, isOwn: true },
  { id: 't-2', name: 'Status page', prefix: 'nmp_Zk3q', scopes: ['dashboard:read', 'alerts:read', 'rules:read'], ipAllowList: [], createdAt: before(86 * DAY), expiresAt: before(-4 * DAY), lastUsedAt: null, owner: { id: memberId(0), name: 'Nora Adler' }, isOwn: true },
  { id: 't-3', name: 'Chat bot', prefix: 'nmp_9fQx', scopes: ['alerts:read', 'alerts:acknowledge'], ipAllowList: ['198.51.100.4'], createdAt: before(100 * DAY), expiresAt: before(10 * DAY), lastUsedAt: before(11 * DAY), lastUsedIp: '198.51.100.4', owner: { id: memberId(1), name: 'Jonas Weber' }, isOwn: false },
]

export const sso = (): SsoSettings => ({
  slug: 'acme',
  issuer: 'https://login.acme.example/realms/acme',
  clientId: 'netbird-platform',
  domains: ['acme.example', 'acme.test'],
  roleClaim: 'groups',
  roleMapping: [
    { value: 'it-admins', role: 'admin' },
    { value: 'netops', role: 'network_admin' },
  ],
  defaultRole: 'viewer',
  enabled: true,
  redirectUri: 'https://netbird.acme.example/sso/callback/0193a000-0000-7000-8000-000000000000',
  hasClientSecret: true,
  signInUrl: 'https://netbird.acme.example/sso/acme',
  updatedAt: before(3 * DAY),
})

export const LONG_TENANT = 'Network operations of the Hanseatic Harbour and Waterways Administration, Northern District'

export const invitation = (hasAccount: boolean): Invitation => ({ tenantName: 'Acme Networks', email: 'lea@contractors.example', role: 'network_admin', invitedBy: 'Nora Adler', hasAccount })

export const recoveryCodes = (): string[] => Array.from({ length: 10 }, (_, index) => `${(index * 7919 + 104_729).toString(36)}-k${(index * 6007 + 99_991).toString(36)}`.toUpperCase())

export const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
