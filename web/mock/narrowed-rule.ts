import type { AlertRule } from '../src/api/types'
import { before, DAY, HOUR } from './times'
import { RULES } from './rule-ids'

/** A rule that chooses its peers by all there is, and whose receivers take no more messages. It is in no list: the lists' own tests count their rows. */
export const narrowedRule = (): AlertRule => ({
  id: RULES.narrowed,
  name: 'Database servers offline',
  description: '',
  conditionType: 'peer_offline',
  conditionConfig: {
    threshold: 1,
    duration: 5,
    groups: ['servers', 'db'],
    exceptGroups: ['maintenance', 'laboratory'],
    names: ['db-*', 'postgres-?', 'the-reporting-database-of-the-warehouse-in-lyon'],
    operatingSystems: ['linux', 'bsd'],
    users: ['grace@acme.example'],
    alertPer: 'group',
  },
  severity: 'high',
  enabled: true,
  forMinutes: 0,
  keepFiringMinutes: 0,
  channelIds: [],
  escalation: [],
  notificationConfig: {
    webhook: { enabled: false, url: 'tickets.acme.example…tops', host: 'tickets.acme.example', headers: {}, secretHint: 'whsec_…q3fA', off: { reason: 'the receiver answered 410 Gone: it wants no more messages', at: before(3 * HOUR) } },
    slack: { enabled: true, host: 'hooks.slack.com', webhook: 'hooks.slack.com…x3Yz', channel: '#databases', trouble: { since: before(2 * DAY), reason: 'the receiver answered 403 Forbidden' } },
  },
  groups: [
    { name: 'servers', accounts: [{ accountId: 'acc-hq', accountName: 'HQ', groupId: 'group-acc-hq-servers', name: 'servers', missing: false }] },
    { name: 'db', accounts: [{ accountId: 'acc-hq', accountName: 'HQ', groupId: 'group-acc-hq-db', name: 'db', missing: false }] },
    { name: 'maintenance', accounts: [{ accountId: 'acc-hq', accountName: 'HQ', groupId: 'group-acc-hq-maintenance', name: 'maintenance', missing: false }] },
    { name: 'laboratory', accounts: [{ accountId: 'acc-hq', accountName: 'HQ', groupId: 'group-acc-hq-lab', name: 'laboratory', missing: true }] },
  ],
  sentence:
    'When one or more peers of servers or db named db-*, postgres-? or the-reporting-database-of-the-warehouse-in-lyon, running Linux or BSD, registered by grace@acme.example and not in maintenance or laboratory are offline for 5 min, group by group, tell Slack in #databases.',
  createdAt: before(40 * DAY),
  updatedAt: before(5 * DAY),
  createdBy: '0193a000-0000-7000-8000-000000000001',
  version: 3,
})
