import type { AuditEntry } from '../src/api/types'
import { user } from './data'
import { memberId } from './identity-data'
import { DAY, HOUR, MINUTE } from './times'
import { RULES } from './rule-ids'

const NORA = { id: user().id, name: 'Nora Adler' }
const JONAS = { id: memberId(1), name: 'Jonas Weber' }
/** Nobody's account: a mailbox answers. */
const MAILBOX = { id: '00000000-0000-0000-0000-000000000000', name: 'the-whole-night-shift-of-the-network-operations-centre@partner.example' }

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Entries keep their time from one answer to the next. */
const BEGUN = Date.now()

/** As the server makes them: the time is in the id. */
const idAt = (at: string, index: number): string => {
  const time = new Date(at).getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(index).padStart(12, '0')}`
}

type Told = Pick<AuditEntry, 'action' | 'resourceId'> & Partial<AuditEntry>

const entry = (ago: number, index: number, { action, ...more }: Told): AuditEntry => {
  const at = new Date(BEGUN - ago).toISOString()
  return {
    id: idAt(at, index),
    at,
    action,
    resourceType: action.split('.')[0] ?? '',
    user: NORA,
    sessionId: '0193a000-0000-7000-8000-00000000005e',
    ip: '203.0.113.20',
    userAgent: FIREFOX,
    ...more,
  }
}

const RULE = { name: 'Routing peer down', description: '', sentence: 'When any peer of routers is offline for 3 min, tell ops@acme.example, the webhook at hooks.acme.example and Slack in #network-operations.', severity: 'critical', enabled: true, accountId: null, keepFiringMinutes: 0 }

export const auditEntries = (): AuditEntry[] =>
  [
    { ago: 4 * MINUTE, action: 'alert.acknowledge', resourceId: '0193b000-0000-7000-8000-000000000003', oldValues: { status: 'open' }, newValues: { status: 'acknowledged', until: null, message: 'On my way' } },
    { ago: HOUR, action: 'rule.update', resourceId: RULES.router, oldValues: { ...RULE, severity: 'high', keepFiringMinutes: 5 }, newValues: { ...RULE, webhook: 'changed', slack: 'changed', teams: 'changed' } },
    { ago: HOUR + 2 * MINUTE, action: 'rule.send-test', resourceId: RULES.router, newValues: { channel: 'slack', host: 'hooks.slack.com' } },
    { ago: 2 * HOUR, action: 'session.create', resourceId: '0193a000-0000-7000-8000-00000000005e', newValues: { remember: false, method: 'password' } },
    { ago: 3 * DAY, action: 'invitation.create', resourceId: 'i-1', user: JONAS, ip: '2001:db8:85a3::8a2e:370:7334', newValues: { email: 'lea.marchetti-of-the-night-shift@contractors.example', role: 'viewer' } },
    { ago: 4 * DAY, action: 'recipient.answer', resourceId: 'f00d', user: MAILBOX, sessionId: null, oldValues: { status: 'pending' }, newValues: { status: 'confirmed' } },
    { ago: 5 * DAY, action: 'token.create', resourceId: 't-1', newValues: { name: 'Nightly inventory', scopes: ['netbird:read', 'accounts:read'], ipAllowList: ['203.0.113.0/24', '2001:db8::/32'] } },
    { ago: 9 * DAY, action: 'account.update', resourceId: 'acc-hq', user: JONAS, sessionId: null, tokenId: '0193a000-0000-7000-8000-0000000000f1', userAgent: 'terraform/1.9', oldValues: { name: 'HQ', baseUrl: 'https://netbird.acme.example' }, newValues: { name: 'HQ', baseUrl: 'https://netbird.acme.example', apiToken: 'renewed' } },
    { ago: 20 * DAY, action: 'moon.land', resourceId: 'sea-of-tranquility', newValues: { crew: 3 } },
    { ago: 40 * DAY, action: 'member.remove', resourceId: '0193a000-0000-7000-8000-0000000000aa', oldValues: { email: 'former@acme.example', role: 'network_admin', active: true } },
    { ago: 500 * DAY, action: 'tenant.update', resourceId: user().tenantId, oldValues: { name: 'Acme' }, newValues: { name: 'Acme Networks' } },
  ].map(({ ago, ...told }, index) => entry(ago, index, told))

const FIRST: Told = { action: 'session.create', resourceId: '0193a000-0000-7000-8000-00000000005e' }

const OFTEN: readonly Told[] = [
  FIRST,
  { action: 'alert.acknowledge', resourceId: '0193b000-0000-7000-8000-000000000003' },
  { action: 'rule.update', resourceId: RULES.router, user: JONAS, ip: '198.51.100.9' },
  { action: 'session.create', resourceId: '0193a000-0000-7000-8000-00000000005f', user: JONAS, ip: '198.51.100.9' },
  { action: 'alert.resolve', resourceId: '0193b000-0000-7000-8000-000000000004' },
  { action: 'member.update', resourceId: memberId(2) },
  { action: 'recipient.answer', resourceId: 'f00d', user: MAILBOX, sessionId: null },
  { action: 'token.create', resourceId: 't-2', user: { id: memberId(4), name: 'Maria Magdalena von und zu Hohenlohe-Waldenburg-Schillingsfürst' } },
  { action: 'rule.create', resourceId: 'rule-disk', user: { id: memberId(5), name: 'Sven Holm' } },
  { action: 'invitation.create', resourceId: 'i-2', user: { id: memberId(6), name: 'Ana Pereira' } },
]

/** A trail of some months: more on some days than on others, and nothing at the week's end. */
export const manyAuditEntries = (): AuditEntry[] =>
  Array.from({ length: 90 }, (_, day) => {
    const isIdle = [0, 6].includes(new Date(BEGUN - day * DAY).getUTCDay())
    return Array.from({ length: isIdle ? 0 : 3 + ((day * 7) % 23) }, (_, index) => entry(day * DAY + index * 11 * MINUTE, day * 100 + index, OFTEN[(day + index * index) % OFTEN.length] ?? FIRST))
  })
    .flat()
    .sort((one, other) => other.at.localeCompare(one.at))
