import type { Delivery } from '../src/api/types'
import { conflict, ok, problem, type Answer } from './answers'
import { atOnce, goneAway, noMailbox, thirdTime, waiting } from './try-data'
import { before, DAY, HOUR, MINUTE } from './times'
import { RULES } from './rule-ids'

const ROUTER = { alertId: '0193b000-0000-7000-8000-000000000004', alertTitle: 'router-02 is offline', ruleId: RULES.router, ruleName: 'Routing peer down' }
const SERVERS = { alertId: '0193b000-0000-7000-8000-000000000003', alertTitle: '7 peers of servers are online, fewer than 8', ruleId: RULES.servers, ruleName: 'Servers below 8' }
const KEYS = { alertId: '0193b000-0000-7000-8000-000000000005', alertTitle: '2 setup keys are about to expire or used up', ruleId: RULES.keys, ruleName: 'Setup keys run out' }

type Told = Omit<Delivery, 'id'>

const told = (): readonly Told[] => [
  { ...ROUTER, event: 'escalated', channel: 'pagerduty', channelId: '0193d000-0000-7000-8000-000000000005', channelName: 'On call', target: 'PagerDuty, EU', status: 'delivered', attempts: 1, createdAt: before(2 * MINUTE), finishedAt: before(2 * MINUTE - 3000) },
  { ...ROUTER, event: 'fired', channel: 'webhook', target: 'hooks.acme.example', status: 'pending', attempts: 2, lastError: 'The receiver answered 503.', tries: waiting(), createdAt: before(7 * MINUTE), nextTryAt: before(-3 * MINUTE) },
  { ...ROUTER, event: 'fired', channel: 'slack', channelId: '0193d000-0000-7000-8000-000000000002', channelName: 'Network operations', target: '#network-operations at hooks.slack.com', status: 'delivered', attempts: 1, tries: atOnce(before(7 * MINUTE - 4000)), createdAt: before(7 * MINUTE), finishedAt: before(7 * MINUTE - 4000) },
  { ...ROUTER, event: 'fired', channel: 'on_call', channelId: '0193d000-0000-7000-8000-000000000000', channelName: 'Whoever is on call', target: 'whoever is on call', status: 'delivered', attempts: 1, note: 'sent to Jonas Weber, on call by Night shift', createdAt: before(7 * MINUTE), finishedAt: before(7 * MINUTE - 5000) },
  { ...ROUTER, event: 'fired', channel: 'email', target: 'ops@acme.example', status: 'delivered', attempts: 3, tries: thirdTime(), createdAt: before(7 * MINUTE), finishedAt: before(5 * MINUTE) },
  { ...SERVERS, event: 'repeated', channel: 'webhook', target: 'hooks.acme.example', status: 'held', attempts: 0, createdAt: before(HOUR), finishedAt: before(HOUR) },
  { ...SERVERS, event: 'fired', channel: 'email', target: 'the-whole-night-shift-of-the-network-operations-centre@partner-with-a-long-name.example', status: 'failed', attempts: 8, lastError: 'Mailbox unavailable (550).', tries: noMailbox(8, 2 * HOUR + 14 * MINUTE, 9 * MINUTE), createdAt: before(2 * HOUR + 14 * MINUTE), finishedAt: before(HOUR) },
  { ...SERVERS, event: 'fired', channel: 'email', target: 'ops@acme.example', status: 'delivered', attempts: 1, note: 'not sent to 2 recipients who have not confirmed', createdAt: before(2 * HOUR + 14 * MINUTE), finishedAt: before(2 * HOUR + 13 * MINUTE) },
  { ...KEYS, event: 'fired', channel: 'email', target: 'ops@acme.example', status: 'delivered', attempts: 1, createdAt: before(DAY), finishedAt: before(DAY) },
  { alertId: '0193b000-0000-7000-8000-0000000000f1', ruleId: '0193a000-0000-7000-8000-0000000000f2', event: 'fired', channel: 'teams', target: 'prod-27.westeurope.logic.azure.com', status: 'failed', attempts: 32, lastError: 'The receiver answered 410 Gone.', tries: goneAway(20, 3 * DAY, HOUR), earlierTries: 12, createdAt: before(3 * DAY), finishedAt: before(2 * DAY) },
  { ...SERVERS, event: 'grew', channel: 'slack', channelId: '0193d000-0000-7000-8000-000000000002', channelName: 'Network operations', target: '#network-operations at hooks.slack.com', status: 'pending', attempts: 0, note: 'held until 07:00 by quiet hours of Network operations', createdAt: before(MINUTE), nextTryAt: before(-7 * HOUR), heldUntil: before(-7 * HOUR) },
  { ...ROUTER, alertId: '0193b000-0000-7000-8000-000000000002', alertTitle: 'edge-55 is back online', event: 'fired', channel: 'discord', target: 'discord.com', status: 'superseded', attempts: 1, lastError: 'No answer within 10 s.', note: 'overtaken: it is resolved', createdAt: before(3 * DAY), finishedAt: before(3 * DAY) },
]

export const deliveries = (): Delivery[] => told().map((one, index) => ({ ...one, id: `${one.alertId}_${index}_${one.channel}` }))

/** What the log of deliveries answers. */
export function answerDeliveries(method: string, path: string, query: URLSearchParams, isEmpty: boolean): Answer | undefined {
  const [, id, act] = /^\/api\/alerts\/deliveries(?:\/([^/]+)(?:\/(send-again))?)?$/.exec(path) ?? []
  if (!path.startsWith('/api/alerts/deliveries')) return undefined
  if (id === undefined) {
    const status = query.get('status')?.split(',')
    const event = query.get('event')?.split(',')
    const channel = query.get('channel')?.split(',')
    const isAsked = (name: string, value: string) => (query.get(name) ?? value) === value
    return ok({
      deliveries: (isEmpty ? [] : deliveries()).filter(
        (one) =>
          (!status || status.includes(one.status)) &&
          (!event || event.includes(one.event)) &&
          (!channel || channel.includes(one.channel)) &&
          isAsked('channelId', one.channelId ?? '') &&
          isAsked('ruleId', one.ruleId) &&
          isAsked('alertId', one.alertId) &&
          one.createdAt >= (query.get('from') ?? '') &&
          one.createdAt < (query.get('to') ?? '9'),
      ),
    })
  }
  const found = deliveries().find((one) => one.id === decodeURIComponent(id))
  if (!found || method !== (act === undefined ? 'GET' : 'POST')) return problem(404, 'not-found', 'Not found', 'There is no such delivery.')
  if (act === undefined) return ok(found)
  return found.channel === 'teams' ? conflict('the alert that it tells of is not kept any more') : ok({ ...found, status: 'pending', attempts: 0, lastError: null })
}
