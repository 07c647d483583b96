import type { Alert, AlertRule, ChannelTest, Recipient, RuleTest, TestAlertRule, TestedChannel } from '../src/api/types'
import { raised } from './happened'
import { narrowedRule } from './narrowed-rule'
import { ruleSentence } from './rule-sentence'
import { before, DAY, HOUR, MINUTE } from './times'
import { atOnce, noMailbox, unanswered, waiting } from './try-data'
import { RULES } from './rule-ids'

const LONG_ADDRESS = 'the-whole-night-shift-of-the-network-operations-centre@partner-with-a-long-name.example'

export const rules = (): AlertRule[] => [
  {
    id: RULES.router,
    name: 'Routing peer down',
    description: '',
    conditionType: 'peer_offline',
    conditionConfig: { threshold: 1, duration: 3, groups: ['routers'] },
    severity: 'critical',
    enabled: true,
    forMinutes: 0,
    keepFiringMinutes: 0,
    channelIds: ['0193d000-0000-7000-8000-000000000001', '0193d000-0000-7000-8000-000000000002'],
    escalation: [
      { afterMinutes: 5, channelIds: ['0193d000-0000-7000-8000-000000000005'] },
      { afterMinutes: 60, channelIds: ['0193d000-0000-7000-8000-000000000003', '0193d000-0000-7000-8000-000000000006'] },
    ],
    notificationConfig: {
      email: { enabled: true, recipients: ['ops@acme.example'] },
      webhook: { enabled: true, url: 'hooks.acme.example…tops', host: 'hooks.acme.example', headers: { 'X-Team': '••••' }, secretHint: 'whsec_…q3fA' },
      slack: { enabled: true, host: 'hooks.slack.com', webhook: 'hooks.slack.com…x3Yz', channel: '#network-operations' },
      teams: { enabled: false, host: 'prod-27.westeurope.logic.azure.com', webhook: 'prod-27.westeurope.logic.azure.com…9fQk' },
    },
    sentence: 'When any peer of routers is offline for 3 min, tell ops@acme.example, the webhook at hooks.acme.example, Slack in #network-operations and 2 shared channels. If nobody acknowledges it within 5 min tell 1 more shared channel, within 1 h tell 2 more shared channels.',
    createdAt: before(30 * DAY),
    updatedAt: before(30 * DAY),
    createdBy: '0193a000-0000-7000-8000-000000000001',
    version: 1,
  },
  {
    id: RULES.servers,
    name: 'Servers below 8',
    description: 'The cluster needs eight for quorum.',
    conditionType: 'peer_count',
    conditionConfig: { operator: 'less_than', threshold: 8, groups: ['servers'], status: 'online' },
    severity: 'high',
    enabled: true,
    forMinutes: 5,
    keepFiringMinutes: 0,
    channelIds: [],
    escalation: [],
    notificationConfig: { email: { enabled: true, recipients: ['ops@acme.example', LONG_ADDRESS, 'oncall@partner.example', 'former@partner.example'] } },
    sentence: 'When fewer than 8 peers of servers are online for 5 min, tell ops@acme.example and 3 more; high.',
    createdAt: before(12 * DAY),
    updatedAt: before(12 * DAY),
    createdBy: '0193a000-0000-7000-8000-000000000001',
    version: 1,
  },
  {
    id: RULES.any,
    name: 'More than 20 peers offline',
    description: '',
    conditionType: 'peer_offline',
    conditionConfig: { threshold: 20, duration: 10 },
    severity: 'medium',
    enabled: false,
    forMinutes: 0,
    keepFiringMinutes: 10,
    channelIds: [],
    escalation: [],
    notificationConfig: {},
    sentence: 'When at least 20 peers are offline for 10 min, tell nobody; medium.',
    createdAt: before(2 * DAY),
    updatedAt: before(2 * DAY),
    createdBy: '0193a000-0000-7000-8000-000000000001',
    version: 1,
  },
  {
    id: RULES.keys,
    name: 'Setup keys run out',
    description: 'Renew the key, and tell whoever sets up machines with it.',
    conditionType: 'setup_key_expiring',
    conditionConfig: { days: 7, usedUp: true },
    severity: 'low',
    enabled: true,
    forMinutes: 0,
    keepFiringMinutes: 0,
    channelIds: [],
    escalation: [],
    notificationConfig: { email: { enabled: true, recipients: ['ops@acme.example'] } },
    sentence: 'When a setup key expires within 7 days, or is used up, tell ops@acme.example.',
    createdAt: before(5 * DAY),
    updatedAt: before(5 * DAY),
    createdBy: '0193a000-0000-7000-8000-000000000001',
    version: 1,
  },
]

/** It is in no list here: the lists' own tests count their rows. */
const accessTest = (): AlertRule => ({
  id: RULES.access,
  name: 'contractors must not reach db on TCP 5432',
  description: '',
  conditionType: 'access',
  conditionConfig: { from: 'group:group-acc-hq-contractors', to: 'group:group-acc-hq-db', protocol: 'tcp', port: 5432, expected: 'denied', fromName: 'contractors', toName: 'db' },
  severity: 'high',
  channelIds: [],
  escalation: [],
  enabled: true,
  accountId: 'acc-hq',
  forMinutes: 0,
  keepFiringMinutes: 0,
  notificationConfig: {},
  sentence: 'When contractors can reach db on TCP 5432, open an alert.',
  createdAt: before(2 * DAY),
  updatedAt: before(2 * DAY),
  createdBy: '0193a000-0000-7000-8000-000000000001',
  version: 1,
})

/** One rule, with its groups as the accounts know them. */
export function rule(id: string): AlertRule | undefined {
  const found = [...rules(), accessTest(), narrowedRule()].find((one) => one.id === id)
  if (!found) return undefined
  const hq = (name: string, more = {}) => ({ accountId: 'acc-hq', accountName: 'HQ', groupId: `group-acc-hq-${name}`, name, missing: false, ...more })
  const field = (name: string, more = {}) => ({ accountId: 'acc-field', accountName: 'Field', groupId: `group-acc-field-${name}`, name, missing: false, ...more })
  switch (id) {
    case RULES.keys:
      return { ...found, groups: [], waits: [{ accountId: 'acc-field', accountName: 'Field', lists: [{ list: 'setup keys', reason: 'not_given' }] }] }
    case RULES.router:
      return { ...found, description: 'Call the provider, then move the tunnel to the spare router.', groups: [{ name: 'routers', accounts: [hq('routers'), field('edge-routers')] }] }
    case RULES.servers:
      return { ...found, updatedAt: before(2 * HOUR), groups: [{ name: 'servers', accounts: [hq('servers'), field('servers', { missing: true })] }] }
    default:
      return { groups: [], ...found }
  }
}

const alertsByRule = (): (Omit<Alert, 'routedBy' | 'toldTo'> & Partial<Pick<Alert, 'routedBy'>>)[] => [
  {
    id: '0193b000-0000-7000-8000-000000000004',
    ruleId: RULES.router,
    ruleName: 'Routing peer down',
    accountId: 'acc-hq',
    accountName: 'HQ',
    status: 'open',
    severity: 'critical',
    title: 'router-02 is offline',
    problem: 'router-02 is offline',
    message: 'router-02 of routers has been offline for 3 min.',
    details: {
      beganAt: before(10 * MINUTE),
      groups: ['routers'],
      of: 12,
      affected: { total: 1, peers: [{ id: 'peer-0', name: 'router-02', since: before(10 * MINUTE) }] },
    },
    triggeredAt: before(7 * MINUTE),
    routedBy: [{ id: '0193e500-0000-7000-8000-000000000001', name: 'Critical alerts to everybody' }],
    notifications: [
      { channel: 'email', target: 'ops@acme.example', event: 'fired', status: 'delivered', attempts: 1, at: before(7 * MINUTE - 6000) },
      {
        channel: 'webhook',
        target: 'hooks.acme.example',
        event: 'fired',
        status: 'pending',
        attempts: 2,
        lastError: 'The receiver answered 503.',
        tries: unanswered(waiting()),
        nextAttempt: before(-3 * MINUTE),
        at: before(7 * MINUTE - 5000),
      },
      { channel: 'slack', target: '#network-operations at hooks.slack.com', event: 'fired', status: 'delivered', attempts: 1, tries: unanswered(atOnce(before(7 * MINUTE - 4000))), at: before(7 * MINUTE - 4000) },
      { channel: 'pagerduty', channelName: 'On call', target: 'PagerDuty, EU', event: 'escalated', status: 'delivered', attempts: 1, at: before(2 * MINUTE - 3000) },
    ],
    history: [
      { at: before(7 * MINUTE), event: 'fired', message: 'The route “Critical alerts to everybody” told Whoever is on call, Phones and Management.' },
      { at: before(2 * MINUTE), event: 'escalated', message: 'Nobody acknowledged it within 5 min: told On call.' },
    ],
    version: 1,
  },
  {
    id: '0193b000-0000-7000-8000-000000000003',
    group: { id: 'group-acc-hq-servers', name: 'servers' },
    ruleId: RULES.servers,
    ruleName: 'Servers below 8',
    accountId: 'acc-hq',
    accountName: 'HQ',
    status: 'acknowledged',
    severity: 'high',
    title: '7 peers of servers are online, fewer than 8',
    problem: '7 peers of servers are online, fewer than 8',
    message: 'srv-03, srv-07 and srv-08 are offline.',
    details: {
      beganAt: before(2 * HOUR + 20 * MINUTE),
      groups: ['servers'],
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
      {
        channel: 'email',
        target: 'ops@acme.example',
        event: 'fired',
        status: 'delivered',
        attempts: 1,
        note: 'not sent to 2 recipients who have not confirmed',
        at: before(2 * HOUR + 14 * MINUTE),
      },
      {
        channel: 'webhook',
        target: 'hooks.acme.example',
        event: 'repeated',
        status: 'held',
        attempts: 0,
        at: before(HOUR),
      },
      {
        channel: 'slack',
        channelName: 'Network operations',
        target: '#network-operations at hooks.slack.com',
        event: 'grew',
        status: 'pending',
        attempts: 0,
        note: 'held until 07:00 by quiet hours of Network operations',
        at: before(40 * MINUTE),
        nextAttempt: before(-7 * HOUR),
        heldUntil: before(-7 * HOUR),
      },
      {
        channel: 'email',
        target: 'oncall@acme.example',
        event: 'fired',
        status: 'failed',
        attempts: 8,
        lastError: 'Mailbox unavailable (550).',
        tries: noMailbox(8, 2 * HOUR + 14 * MINUTE, 9 * MINUTE),
        at: before(2 * HOUR + 14 * MINUTE),
      },
    ],
    history: [
      { event: 'commented', at: before(HOUR + 50 * MINUTE), by: { id: 'u', name: 'Nora Adler' }, message: 'srv-07 and srv-08 hang on the same power strip.\nThe electrician says noon, at the latest.' },
      { event: 'commented', at: before(25 * MINUTE), by: { id: 'u2', name: 'Jonas Weber' }, message: 'srv-03 is not part of it: its disk is full. Cleaning up.' },
    ],
    version: 2,
  },
  {
    id: '0193b000-0000-7000-8000-000000000002',
    ruleId: RULES.router,
    ruleName: 'Routing peer down',
    accountId: 'acc-field',
    accountName: 'Field',
    status: 'resolved',
    severity: 'medium',
    title: 'edge-55 is back online',
    message: 'edge-55 of Field is online again.',
    problem: 'edge-55 is offline',
    details: { beganAt: before(2 * DAY + 4 * HOUR), groups: [], of: 8, affected: { total: 0, peers: [{ id: 'peer-55', name: 'edge-55', since: before(2 * DAY + 4 * HOUR) }] } },
    triggeredAt: before(2 * DAY + 3 * HOUR),
    resolvedAt: before(2 * DAY + 2 * HOUR),
    notifications: [],
    version: 2,
  },
  {
    id: '0193b000-0000-7000-8000-000000000001',
    ruleId: RULES.any,
    ruleName: 'More than 20 peers offline',
    accountId: 'acc-hq',
    accountName: 'HQ',
    status: 'resolved',
    severity: 'low',
    title: '22 peers are offline',
    problem: '22 peers are offline',
    message: '22 peers were offline for 10 min.',
    details: { beganAt: before(2 * DAY + 4 * HOUR), groups: [], of: 8, affected: { total: 0, peers: [] } },
    triggeredAt: before(9 * DAY),
    resolvedAt: before(9 * DAY - 25 * MINUTE),
    resolvedBy: { id: 'u', name: 'Nora Adler' },
    resolvedMessage: 'Planned switch replacement.',
    notifications: [],
    version: 2,
  },
  {
    id: '0193b000-0000-7000-8000-000000000005',
    ruleId: RULES.keys,
    ruleName: 'Setup keys run out',
    ruleDescription: 'Renew the key, and tell whoever sets up machines with it.',
    accountId: 'acc-hq',
    accountName: 'HQ',
    status: 'suppressed',
    severity: 'low',
    title: '2 setup keys are about to expire or used up',
    problem: '2 setup keys are about to expire or used up',
    message: 'In HQ: laptops expires on 3 March at 09:00 UTC, kiosks is used up.',
    details: { beganAt: before(DAY), groups: [], of: 6, affected: { total: 2, peers: [] } },
    triggeredAt: before(DAY),
    suppressedUntil: before(-2 * DAY),
    silence: { id: '0193f000-0000-7000-8000-000000000002', name: 'The Lyon site moves' },
    notifications: [{ channel: 'email', target: 'ops@acme.example', event: 'fired', status: 'delivered', attempts: 1, at: before(DAY) }],
    version: 2,
  },
]

const toldTo = ({ notifications }: Pick<Alert, 'notifications'>) => [...new Set(notifications.map(({ target }) => target))]

export const alerts = (): Alert[] => [...raised, ...alertsByRule().map((alert) => ({ routedBy: [], toldTo: toldTo(alert), ...alert }))]

export const recipients = (): Recipient[] => [
  { id: 'rec-1', email: 'netops@partner.example', status: 'confirmed', askedAt: before(30 * DAY), answeredAt: before(29 * DAY) },
  { id: 'rec-2', email: 'former@partner.example', status: 'declined', askedAt: before(12 * DAY), answeredAt: before(11 * DAY) },
  { id: 'rec-3', email: LONG_ADDRESS, status: 'pending', askedAt: before(3 * HOUR) },
  { id: 'rec-4', email: 'oncall@partner.example', status: 'pending', askedAt: before(12 * DAY) },
]

/** Each receiver has its own answer, and the last asks for patience. */
export function channelTest(channel: TestedChannel): ChannelTest | undefined {
  switch (channel) {
    case 'webhook':
      return { delivered: false, host: 'hooks.acme.example', status: 404, answer: '{"error":"no_such_hook"}', reason: 'the receiver answered 404 Not Found', tookMs: 41 }
    case 'slack':
      return { delivered: true, host: 'hooks.slack.com', status: 200, answer: 'ok', tookMs: 180 }
    default:
      return undefined
  }
}

/** Two peers of HQ are offline, and nothing is known of the field. */
export const ruleTest = (rule: TestAlertRule): RuleTest => {
  const { conditionType, conditionConfig, accountId } = rule
  return conditionType === 'access'
    ? {
        sentence: ruleSentence(rule),
        accounts: [
          { accountId: accountId ?? 'acc-hq', accountName: 'HQ', asOf: before(MINUTE / 2), holds: true, title: '3 of 10 peers of contractors can reach db on TCP 5432: policy “temp” lets them', total: 3, of: 10, peers: [], waitsFor: [] },
        ],
      }
    : usualTest(rule, 'alertPer' in conditionConfig && conditionConfig.alertPer === 'group')
}

const GROUPS = [
  { name: 'servers', holds: true, title: 'router-02 and srv-03 are offline', total: 2, of: 12 },
  { name: 'db', holds: false, total: 0, of: 4 },
  { name: 'web', holds: false, total: 0, of: 9 },
]

/** Of a pattern that fits no name, nothing. */
const looksAt = ({ conditionConfig }: TestAlertRule): number => ('names' in conditionConfig && conditionConfig.names.includes('nothing-*') ? 0 : 61)

const usualTest = (rule: TestAlertRule, byGroup: boolean): RuleTest => ({
  sentence: ruleSentence(rule),
  accounts: [
    {
      accountId: 'acc-hq',
      accountName: 'HQ',
      asOf: before(MINUTE / 2),
      holds: rule.conditionType === 'peer_offline',
      ...(rule.conditionType === 'custom_metric' && { present: 'backup.age (host=db1) is 26.5 h.' }),
      ...(rule.conditionType === 'peer_offline' && { title: 'router-02 and srv-03 are offline' }),
      looksAt: looksAt(rule),
      total: 2,
      of: 61,
      ...(byGroup && { groups: GROUPS }),
      peers: [
        { id: 'peer-2', name: 'router-02', since: before(HOUR) },
        { id: 'peer-3', name: 'srv-03', since: before(2 * HOUR) },
      ],
      waitsFor: [],
    },
    {
      accountId: 'acc-field',
      accountName: 'Field',
      holds: false,
      total: 0,
      of: 0,
      peers: [],
      waitsFor: rule.conditionType === 'custom_metric' ? [{ list: 'backup.age', reason: 'no_data' }] : rule.conditionType === 'setup_key_expiring' ? [{ list: 'setup keys', reason: 'not_given' }] : [],
    },
  ],
})
