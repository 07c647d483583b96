import type { Channel, ChannelInput, RotateSigningSecret } from '../src/api/types'
import { conflict, done, invalid, list, ok, problem, type Answer } from './answers'
import { before, DAY, HOUR } from './times'
import { RULES } from './rule-ids'

const channel = (number: number, more: Pick<Channel, 'name' | 'config'> & Partial<Channel>): Channel => ({
  id: `0193d000-0000-7000-8000-00000000000${number}`,
  type: more.config.type,
  enabled: true,
  severities: [],
  usedBy: [],
  routedBy: [],
  createdAt: before(20 * DAY),
  updatedAt: before(20 * DAY),
  version: 1,
  ...more,
})

const CRITICAL = { id: '0193e500-0000-7000-8000-000000000001', name: 'Critical alerts to everybody' }
const ROUTER = { id: RULES.router, name: 'Routing peer down' }

const WORKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const

const channels = (): Channel[] => [
  channel(1, { name: 'Duty officers', config: { type: 'teams', host: 'prod-27.westeurope.logic.azure.com', webhook: 'prod-27.westeurope.logic.azure.com…k8Zw' }, severities: ['critical', 'high'], usedBy: [ROUTER] }),
  channel(2, { name: 'Network operations', quietHours: { timeZone: 'Europe/Berlin', windows: [{ weekdays: [...WORKDAYS], from: '20:00', to: '07:00' }, { weekdays: ['saturday', 'sunday'], from: '00:00', to: '00:00' }], exceptSeverities: ['critical'] }, config: { type: 'slack', host: 'hooks.slack.com', webhook: 'hooks.slack.com…x3Yz', channel: '#network-operations' }, usedBy: [ROUTER, { id: RULES.servers, name: 'Servers below 8' }] }),
  channel(3, { name: 'The whole night shift of the two sites', config: { type: 'discord', host: 'discord.com', webhook: 'discord.com…Xq91' }, updatedAt: before(HOUR) }),
  channel(4, {
    name: 'Ticket system',
    config: { type: 'webhook', url: 'tickets.acme.example…tops', host: 'tickets.acme.example', headers: { 'X-Team': '••••' }, secretHint: 'whsec_…q3fA', oldSecret: { secretHint: 'whsec_…9xTb', until: before(-20 * HOUR) } },
    enabled: false,
    off: { reason: 'the receiver answered 410 Gone: it wants no more messages', at: before(3 * HOUR) },
    usedBy: [{ id: RULES.keys, name: 'Setup keys run out' }],
  }),
  channel(5, { name: 'On call', config: { type: 'pagerduty', region: 'eu', routingKeyHint: '…3fA9' }, severities: ['critical'], usedBy: [ROUTER] }),
  channel(6, { name: 'Management', config: { type: 'email', recipients: ['head-of-it@acme.example', 'oncall@partner.example'] }, severities: ['critical'], routedBy: [CRITICAL] }),
  channel(7, { name: 'Phones', config: { type: 'ntfy', server: 'https://ntfy.acme.example', topic: 'netbird-3fK9x2', tokenHint: '…x9Tb' }, routedBy: [CRITICAL] }),
  channel(8, { name: 'Site managers', config: { type: 'telegram', chatId: '-1001234567890', tokenHint: '…q3fA' }, trouble: { since: before(2 * DAY), reason: 'the receiver answered 403 Forbidden' } }),
  channel(0, { name: 'Whoever is on call', config: { type: 'on_call', rotaId: '0193e000-0000-7000-8000-000000000001', rotaName: 'Night shift' }, routedBy: [CRITICAL] }),
  channel(9, { name: 'Second line', config: { type: 'opsgenie', region: 'us', apiKeyHint: '…' }, enabled: false }),
]

/** What a channel's receiver answers. */
function test(config: Channel['config']): Answer {
  switch (config.type) {
    case 'slack':
      return ok({ delivered: true, host: 'hooks.slack.com', status: 200, answer: 'ok', tookMs: 212 })
    case 'pagerduty':
      return ok({ delivered: true, host: 'events.eu.pagerduty.com', status: 202, answer: '{"status":"success"}', tookMs: 212 })
    case 'webhook':
      return ok({ delivered: false, host: 'tickets.acme.example', status: 410, reason: 'the receiver answered 410 Gone: it wants no more messages', tookMs: 38 })
    case 'email':
    case 'on_call':
      return conflict('mail has no answer that could be shown; it is not tested')
    default:
      return problem(429, 'rate-limited', 'Too many requests', 'a tenant may send at most 20 test messages in ten minutes', {}, { 'retry-after': '180' })
  }
}

/** A new channel looks like one of its kind that there is. */
function made({ name, config, enabled, severities, quietHours }: ChannelInput): Answer {
  if (name === 'Duty officers') return invalid('/name', 'is the name of another channel')
  const like = channels().find(({ type }) => type === config.type)
  if (!like) return invalid('/config/type', 'is no kind of channel')
  const secret = like.config.type === 'webhook' && { config: { ...like.config, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } }
  const rota = config.type === 'on_call' && { config: { ...config, rotaName: 'Night shift' } }
  return ok({ ...like, ...secret, ...rota, name, enabled: enabled ?? true, severities: severities ?? [], quietHours: quietHours ?? null, usedBy: [], routedBy: [] }, 201)
}

function changed(before: Channel, { name, config, enabled, severities, quietHours }: ChannelInput): Answer {
  if (quietHours && quietHours.windows.some(({ from, to }) => from === to) && quietHours.windows[0]?.weekdays.length === 7) return invalid('/quietHours/windows', 'must leave a time of the week in which the channel tells')
  if (config.type === 'webhook' && config.url) return invalid('/config/headers/X-Team', 'must be entered again: the address is at another host')
  if (config.type === 'ntfy' && config.server !== 'https://ntfy.acme.example' && config.token == null) return invalid('/config/token', 'must be entered again: the server is another')
  return ok({ ...before, name, enabled: enabled ?? before.enabled, severities: severities ?? [], quietHours: quietHours ?? null, off: null, version: before.version + 1 })
}

/** A channel with another signing secret, which the present one signs beside. */
function rotated(before: Channel, { overlapHours, finish }: RotateSigningSecret): Answer {
  if (before.config.type !== 'webhook') return conflict('only messages to webhooks are signed')
  const { oldSecret: _, ...config } = before.config
  if (finish) return ok({ ...before, config })
  return ok({ ...before, config: { ...config, ...newSecret(config.secretHint, overlapHours) } })
}

/** What a rotation shows of a webhook. */
export function newSecret(secretHint: string, overlapHours: number | null | undefined) {
  const until = new Date(Date.now() + (overlapHours ?? 24) * HOUR).toISOString()
  return { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', secretHint: 'whsec_…LaSw', ...(overlapHours !== 0 && { oldSecret: { secretHint, until } }) }
}

/** What the tenant's channels answer. */
export function answerChannels(method: string, path: string, body: unknown, isEmpty: boolean): Answer | undefined {
  const [, id, act] = /^\/api\/alerts\/channels(?:\/([^/]+))?(?:\/(send-test|signing-secret))?$/.exec(path) ?? []
  if (!path.startsWith('/api/alerts/channels')) return undefined
  if (id === undefined) return method === 'GET' ? list(isEmpty ? [] : channels()) : made(body as ChannelInput)
  const found = channels().find((one) => one.id === id)
  if (!found) return problem(404, 'not-found', 'Not found', 'There is no such channel.')
  if (act === 'signing-secret') return rotated(found, body as RotateSigningSecret)
  if (act !== undefined) return test(found.config)
  if (method === 'DELETE') return found.usedBy.length === 0 ? done : conflict(`${found.usedBy.length === 1 ? '1 rule' : `${found.usedBy.length} rules`} of the tenant use it: ${found.usedBy.map(({ name }) => name).join(', ')}`)
  return method === 'PUT' ? changed(found, body as ChannelInput) : ok(found)
}
