import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type { Alert, CreateAlertRule, NewAccount, ProblemBody, RotateSigningSecret, TestAlertRule, TestedChannel, TestRuleHistory, UpdateAlertRule } from '../src/api/types'
import { netbirdAccount } from './account-data'
import * as alerting from './alerting-data'
import { answerAlertSteps } from './alert-steps'
import { type Answer, done, invalid, list, ok, page, problem, uncounted } from './answers'
import { answerChannels, newSecret } from './channel-data'
import * as data from './data'
import { answerDifference, type AskedDifference, type DifferenceWay } from './difference-data'
import { answerDeliveries } from './delivery-data'
import { createAuditExports } from './audit-export-data'
import { answerChanges } from './change-data'
import { answerEvents, events } from './event-data'
import { answerFindings, type FindingsWay } from './findings-data'
import { answerMatrix, shownGroups, type MatrixWay } from './matrix-data'
import { answerItem, type ItemWay } from './item-data'
import { createMockLive, tokenOf } from './live'
import { metrics } from './metrics-data'
import { answerOwnMetrics } from './own-metrics-data'
import { answerPast } from './past-data'
import * as onePeer from './peer-data'
import { answerNetworkList } from './network-lists'
import { answerProposals } from './proposal-data'
import { answerCheck } from './reach-data'
import { answerRotas } from './rota-data'
import { answerReviews } from './review-data'
import { answerRoutes } from './route-data'
import { answerRulesDocument } from './rules-document'
import { answerSilences } from './silence-data'
import { answerSince } from './since-data'
import { answerTemplates } from './template-data'
import { before, HOUR, MINUTE } from './times'
import { answerTopology, type TopologyWay } from './topology-data'
import { answerSyncs } from './sync-data'
import { trends } from './trends-data'
import { answerEntrance, answerSettings, authIn, profileIn } from './identity'
import { RULES } from './rule-ids'

/** What every list and figure answers, and to whom; signing in works in all but `setup`, `signed-out` and `closed`. */
export type Scenario = 'viewer' | 'sso' | 'sso-member' | 'second-factor' | 'closed' | 'full' | 'long-names' | 'many' | 'empty' | 'failed' | 'slow' | 'forbidden' | 'unreachable' | 'late' | 'first-sync' | 'signed-out' | 'setup'

const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Makes the connection fail in the way that the token is named after: `nbp_token_deleted` and so on. */
function connection(body: unknown): Answer | undefined {
  const { apiToken } = body as NewAccount
  const reason = /^nbp_(token_rejected|token_deleted|user_blocked|permission_denied|unreachable|timeout|not_netbird|address_refused|certificate|rate_limited|server_error)$/.exec(apiToken)?.[1]
  if (!reason) return undefined
  return problem(422, 'netbird-connection', 'Could not connect to NetBird', 'NetBird answered: token invalid.', {
    reason: reason as NonNullable<ProblemBody['reason']>,
  })
}

/** What the receiver of one channel of a rule answers. */
function answerTest(method: string, path: string, body: { channel?: TestedChannel }): Answer | undefined {
  if (method !== 'POST' || !/^\/api\/alerts\/rules\/[^/]+\/send-test$/.test(path)) return undefined
  const test = body.channel && alerting.channelTest(body.channel)
  return test ? ok(test) : problem(429, 'rate-limited', 'Too many requests', 'a tenant may send at most 20 test messages in ten minutes', {}, { 'retry-after': '180' })
}

/** What one rule answers. */
function answerRule(method: string, path: string, body: UpdateAlertRule): Answer | undefined {
  const [, id, act] = /^\/api\/alerts\/rules\/([^/]+)(?:\/(enable|disable))?$/.exec(path) ?? []
  if (id === undefined) return undefined
  const rule = alerting.rule(id)
  if (!rule) return problem(404, 'not-found', 'Not found', 'There is no such rule.')
  if (act !== undefined) return ok({ ...rule, enabled: act === 'enable', version: rule.version + 1 })
  if (method === 'DELETE') return done
  if (method !== 'PUT') return ok(rule)
  if (body.name === 'taken') return invalid('/name', 'Another rule has this name.')
  if (body.escalation?.some(({ afterMinutes }) => afterMinutes === 61)) return invalid('/escalation/1/channelIds/0', 'is no channel of this tenant')
  if (body.notificationConfig.discord?.webhook) return invalid('/notificationConfig/discord/webhook', 'must be an address of the public internet')
  if (body.notificationConfig.webhook?.url) return invalid('/notificationConfig/webhook/headers', 'must be entered again: the address is on another host')
  return ok({ ...rule, name: body.name, version: rule.version + 1 })
}

/** A stand-in for the API by its contract, for screenshots and for pages whose backend is not there. */
export function createMockApi(scenario: Scenario = 'full') {
  const mock = {
    scenario,
    /** Every access token has expired. */
    expired: false,
    topology: 'usual' as TopologyWay,
    findings: 'usual' as FindingsWay,
    matrix: 'usual' as MatrixWay,
    items: 'usual' as ItemWay,
    difference: 'usual' as DifferenceWay,
    live: createMockLive(),
    exports: createAuditExports(),
  }

  const open: (() => void)[] = []

  let large: ReturnType<typeof data.manyPeers> | undefined
  const many = () => (large ??= data.manyPeers())
  const peersNow = () => (mock.scenario === 'many' ? many() : mock.scenario === 'long-names' ? data.longPeers() : data.peers())

  function accounts() {
    const [hq, field] = data.accounts()
    if (!hq || !field) return []
    switch (mock.scenario) {
      case 'empty':
        return []
      case 'unreachable':
        return [
          { ...hq, status: 'unreachable' as const, apiStatus: 'down' as const, lastSync: new Date(Date.now() - 11 * 60_000).toISOString(), statusReason: { code: 'timeout' as const, detail: 'No answer within 10 s.', since: hq.createdAt }, errorCount: 7 },
          { ...field, status: 'paused' as const, apiStatus: 'down' as const, statusReason: { code: 'token_deleted' as const, detail: 'The token was deleted.', since: field.createdAt } },
        ]
      case 'late':
        return [
          { ...hq, status: 'degraded' as const, apiStatus: 'degraded' as const, lastSync: before(26 * MINUTE), statusReason: { code: 'not_synced' as const, detail: 'Two syncs in a row did not happen.', since: before(24 * MINUTE) } },
          { ...field, statusReason: { code: 'too_many_rows' as const, detail: 'NetBird lists 100,000 peers; at most 20,000 are taken.', since: before(HOUR) } },
          { ...field, id: 'acc-lab', name: 'Laboratory of the long corridor, second floor', statusReason: { code: 'new_reason' as never, detail: 'NetBird answered in a way that only a newer page can explain.', since: before(HOUR) } },
        ]
      case 'first-sync': {
        const { lastSync: _, ...never } = hq
        return [{ ...never, status: 'syncing' as const, firstSync: { done: 2, total: 6 }, peers: { total: 0, online: 0, offline: 0, unconfirmed: 0 } }]
      }
      default:
        return [hq, field]
    }
  }

  /** In the tenant that is asked for, if it is one of theirs. */
  function refresh(tenantId?: string): Answer {
    const auth = authIn(mock.scenario)
    if (tenantId === undefined || tenantId === auth.user.tenantId) return ok(auth)
    const tenant = auth.user.tenants.find(({ id }) => id === tenantId)
    return tenant ? ok({ ...auth, accessToken: tokenOf(tenantId), user: { ...auth.user, tenantId, tenantName: tenant.name, role: tenant.role } }) : problem(404, 'not-found', 'Not found', 'No such tenant of yours.')
  }

  function answer(method: string, path: string, query: URLSearchParams, body: unknown, origin: string, isFile: boolean): Answer {
    const route = `${method} ${path}`
    const away = mock.scenario === 'signed-out' || mock.scenario === 'setup' || mock.scenario === 'closed'
    switch (route) {
      case 'GET /api/health':
        return ok({ status: 'ok', version: '0.1.0' })
      case 'GET /api/setup':
        return ok({ required: mock.scenario === 'setup', codeRequired: mock.scenario === 'setup', signUp: mock.scenario !== 'closed' })
      case 'POST /api/auth/refresh':
        return away ? problem(401, 'unauthenticated', 'Signed out', 'Sign in first.') : refresh((body as { tenantId?: string }).tenantId)
      case 'POST /api/setup':
        return ok(authIn(mock.scenario), 201)
      case 'POST /api/auth/logout':
        return { status: 204 }
      case 'GET /api/auth/profile':
        return ok(profileIn(mock.scenario))
    }
    const entrance = answerEntrance(route, body as Record<string, unknown>, mock.scenario)
    if (entrance) return entrance
    if (mock.expired) return problem(401, 'token-expired', 'Sign in again', 'The access token has expired.')
    if (mock.scenario === 'slow') return 'never'
    // The app asks again at once, in place of seconds later.
    if (mock.scenario === 'failed') return problem(500, 'internal', 'Internal error', 'The database did not answer.', {}, { 'retry-after': '0' })
    if (mock.scenario === 'forbidden') return problem(403, 'forbidden', 'Not allowed', 'Your role may not do this.', { permission: 'netbird:read' })
    const some = <T,>(items: T[]): T[] => (mock.scenario === 'empty' ? [] : items)

    const alertId = /^GET \/api\/alerts\/([0-9a-f-]{36})$/.exec(route)?.[1]
    if (alertId) {
      const alert = some(alerting.alerts()).find(({ id }) => id === alertId)
      return alert ? ok(alert) : problem(404, 'not-found', 'Not found', 'There is no such alert.')
    }
    const exported = mock.exports.answer(method, path, body, mock.scenario)
    if (exported) return exported
    const templated = answerTemplates(route, body) ?? answerRulesDocument(route, query, body)
    if (templated) return templated
    if (route === 'POST /api/alerts/rules/test/history') return answerPast(body as TestRuleHistory)
    if (route === 'POST /api/alerts/rules/test') return ok(alerting.ruleTest(body as TestAlertRule))
    const ruled = answerTest(method, path, body as { channel?: TestedChannel }) ?? answerRule(method, path, body as UpdateAlertRule)
    if (ruled) return ruled
    const stepped = answerAlertSteps(method, path, body as { alertIds?: string[]; message?: string })
    if (stepped) return stepped
    const silenced = answerSilences(method, path, body, mock.scenario === 'empty')
    if (silenced) return silenced
    const proposed = answerProposals(method, path, query, body, mock.scenario)
    if (proposed) return proposed
    const reviewed = answerReviews(method, path, query, body, mock.scenario)
    if (reviewed) return reviewed
    const channelled = answerChannels(method, path, body, mock.scenario === 'empty')
    if (channelled) return channelled
    const onCall = answerRotas(method, path, body, mock.scenario === 'empty')
    if (onCall) return onCall
    const routed = answerRoutes(method, path, body, mock.scenario === 'empty')
    if (routed) return routed
    const delivered = answerDeliveries(method, path, query, mock.scenario === 'empty')
    if (delivered) return delivered
    const pushed = answerOwnMetrics(method, path, query, mock.scenario)
    if (pushed) return pushed
    const listed = answerNetworkList(method, path, query, mock.scenario === 'empty')
    if (listed) return listed
    const single = answerItem(method, path, query, mock.scenario === 'empty', mock.items)
    if (single) return single
    const synced = answerSyncs(path, mock.scenario === 'empty')
    if (synced) return synced
    const logged = answerChanges(method, path, query, mock.scenario === 'empty')
    if (logged) return logged
    switch (route) {
      case 'GET /api/dashboard/overview':
        return ok(mock.scenario === 'empty' ? data.emptyOverview() : data.overview(query.get('accountId'), accounts()))
      case 'GET /api/dashboard/metrics':
        return ok(metrics(query, mock.scenario === 'empty'))
      case 'GET /api/dashboard/topology':
        return answerTopology(query, { size: mock.scenario === 'empty' || mock.scenario === 'long-names' || mock.scenario === 'many' ? mock.scenario : 'usual', way: mock.topology })
      case 'GET /api/dashboard/trends':
        return ok(trends(query))
      case 'GET /api/access/findings':
        return answerFindings(query, mock.scenario, mock.findings)
      case 'POST /api/access/difference':
        return answerDifference(body as AskedDifference, mock.scenario, mock.difference, query, isFile)
      case 'GET /api/access/since':
        return answerSince(query, mock.scenario, mock.difference, isFile)
      case 'GET /api/access/matrix':
        return answerMatrix(query, mock.scenario, mock.matrix, isFile)
      case 'GET /api/netbird/accounts':
        return list(accounts())
      case 'POST /api/netbird/accounts/test':
        return connection(body) ?? ok({ ok: true, accountId: 'd3b07384', domain: 'acme.example', serverVersion: '0.76.3', peers: 60 })
      case 'POST /api/netbird/accounts':
        return connection(body) ?? ok({ ...data.accounts()[0], id: 'acc-new', status: 'pending', ...(body as NewAccount) }, 201)
      case 'GET /api/netbird/peers': {
        const search = query.get('search')?.toLowerCase() ?? ''
        const status = query.get('status')?.split(',')
        const [group, groups] = [query.get('group'), query.get('groups')?.split(',')]
        return page(
          some(peersNow())
            .filter(({ name, ip }) => name.includes(search) || ip.includes(search))
            .filter((peer) => !status || status.includes(peer.status))
            .filter((peer) => !group || peer.groups.includes(group))
            .filter((peer) => !groups || peer.groups.some((name) => groups.includes(name)))
            .filter((peer) => (query.get('version') ?? peer.version) === peer.version)
            .filter((peer) => (query.get('loginExpired') ?? String(peer.loginExpired)) === String(peer.loginExpired))
            .filter((peer) => !query.has('accountId') || peer.accountId === query.get('accountId')),
          path,
          query,
        )
      }
      case 'GET /api/netbird/groups': {
        const search = query.get('search')?.toLowerCase() ?? ''
        const teams = mock.scenario === 'many' && query.get('limit') === '200' ? shownGroups('many').filter(({ id }) => id.startsWith('group-team')) : []
        const [like] = data.groups().filter(({ accountId }) => accountId === 'acc-hq')
        const groups = [...some(data.groups()), ...(like ? teams.map(({ id, name, peers }) => ({ ...like, id, name, peersCount: peers })) : [])].filter(({ name }) => name.toLowerCase().includes(search))
        if (query.get('sort') === '-peersCount') groups.sort((one, other) => other.peersCount - one.peersCount)
        return list(groups.filter(({ accountId }) => !query.has('accountId') || accountId === query.get('accountId')))
      }
      case 'GET /api/access/check':
        return answerCheck(query, isFile)
      case 'GET /api/netbird/settings':
        if (query.get('accountId') === 'acc-hq') return ok(netbirdAccount())
        if (query.get('accountId') === 'acc-field') return problem(404, 'not-offered', 'Not offered by this server', 'The NetBird server does not give its settings to this token.')
        return problem(404, 'not-found', 'Not found', 'There is no such account.')
      case 'GET /api/netbird/events':
        return answerEvents(some(events()), query)
      case 'GET /api/alerts': {
        const status = query.get('status')?.split(',')
        const peer = query.get('peerId')
        const isAsked = (alert: Alert) =>
          (!query.has('ruleId') || query.get('ruleId') === alert.ruleId) && (!peer || alert.details.affected.peers.some(({ id }) => id === peer))
        const asked = some(alerting.alerts()).filter((alert) => isAsked(alert) && (!status || status.includes(alert.status)))
        return peer ? uncounted(asked) : list(asked)
      }
      case 'GET /api/alerts/rules':
        return list(some(alerting.rules()))
      case 'GET /api/alerts/recipients':
        return list(some(alerting.recipients()))
      case 'POST /api/alerts/recipients/rec-3/confirmation':
        return problem(429, 'rate-limited', 'Too many requests', 'They were asked within the last 12 hours.', {}, { 'retry-after': '3000' })
      case 'POST /api/alerts/recipients/rec-4/confirmation':
        return ok({}, 202)
      case 'POST /api/netbird/accounts/acc-hq/pause':
        return ok({ ...accounts()[0], status: 'paused', nextSync: null, statusReason: { code: 'paused_by_user', detail: 'Paused by Nora Adler: it is not read, and its rules wait, until somebody resumes it.', since: new Date().toISOString() } })
      case 'POST /api/netbird/accounts/acc-field/sync':
        return problem(429, 'rate-limited', 'Too many requests', 'This account was synced a moment ago.', {}, { 'retry-after': '25' })
      case 'POST /api/alerts/rules': {
        const created = body as CreateAlertRule
        if (created.name === 'taken') {
          return problem(422, 'validation', 'Not valid', 'One field is not valid.', { errors: [{ pointer: '/name', detail: 'Another rule has this name.' }] })
        }
        const { webhook } = created.notificationConfig
        const notificationConfig = { ...created.notificationConfig, ...(webhook && { webhook: { ...webhook, host: new URL(webhook.url).host, headers: webhook.headers ?? {}, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', secretHint: 'whsec_…LaSw' } }) }
        return ok({ ...alerting.rules()[0], ...created, notificationConfig }, 201)
      }
      case `POST /api/alerts/rules/${RULES.router}/signing-secret`: {
        const [rule] = alerting.rules()
        const { webhook } = rule?.notificationConfig ?? {}
        const secret = webhook && newSecret(webhook.secretHint, (body as RotateSigningSecret).overlapHours)
        return ok({ ...rule, notificationConfig: { ...rule?.notificationConfig, webhook: { ...webhook, ...secret } } })
      }
      case 'GET /local/mail':
        return ok(some(data.mails()))
    }
    const settings = answerSettings(route, query, body as Record<string, unknown>, mock.scenario)
    if (settings) return settings
    if (path.startsWith('/local/mail/')) return { status: 200, body: data.mail(origin), headers: { 'content-type': 'message/rfc822' } }
    const asked = /^\/api\/netbird\/peers\/([^/]+)(\/history)?$/.exec(path)
    const peer = asked?.[1] && onePeer.peer(asked[1], peersNow(), mock.items)
    if (peer) return ok(asked[2] ? onePeer.history(peer.id, { from: query.get('from'), to: query.get('to') }) : peer)
    const peersOf = /^\/api\/alerts\/([^/]+)\/peers$/.exec(path)
    const alert = alerting.alerts().find(({ id }) => id === peersOf?.[1])
    if (alert) return ok(alert.details.affected.peers.map((peer, index) => ({ ...peer, isAffected: index > 0 })))
    if (/^\/api\/netbird\/accounts\/[^/]+\/sync$/.test(path)) return ok(data.accounts()[0], 202)
    if (method === 'DELETE') return { status: 204 }
    return problem(404, 'not-found', 'Not found', `Nothing is at ${path}.`)
  }

  async function handle(request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock')
    if (!url.pathname.startsWith('/api/') && !url.pathname.startsWith('/local/')) { next(); return; }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    respond(request, url, text, response)
  }

  /** Answers as the API would now; what it leaves open is answered when it is asked to go on. */
  function respond(request: IncomingMessage, url: URL, text: string, response: ServerResponse): void {
    const result = answer(request.method ?? 'GET', url.pathname, url.searchParams, text === '' ? {} : (request.headers['content-type'] ?? '').includes('json') ? JSON.parse(text) : text, `http://${request.headers.host ?? ''}`, request.headers.accept === 'text/csv')
    if (result === 'never') {
      open.push(() => { respond(request, url, text, response) })
      return
    }
    if (request.headers.accept === 'text/csv' && url.pathname.startsWith('/api/netbird/') && Array.isArray(result.body)) result.body = asFile(result.body as object[])
    const isText = typeof result.body === 'string'
    response.writeHead(result.status, { 'content-type': isText ? 'text/plain' : 'application/json', 'x-request-id': '0193c000', ...result.headers })
    response.end(isText ? result.body : result.body === undefined ? '' : JSON.stringify(result.body))
  }

  /** Answers what was left open, in the scenario as it is by now. */
  function goOn(): void {
    for (const again of open.splice(0)) again()
  }

  return Object.assign(mock, { handle, goOn })
}

/** A list as the API's file of it: a column for each field. */
function asFile(items: readonly object[]): string {
  const columns = Object.keys(items[0] ?? {})
  const cells = (item: object) => columns.map((column) => JSON.stringify((item as Record<string, unknown>)[column] ?? ''))
  return [columns, ...items.map(cells)].map((row) => `${row.join(',')}\r\n`).join('')
}

/** Serves the built app with the mock API and the headers of production, on a free port. */
export async function serveBuilt(dist: string, mock: ReturnType<typeof createMockApi>) {
  const page = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://mock')
    const file = extname(pathname) === '' ? '/index.html' : pathname
    const content = await readFile(join(dist, file)).catch(() => null)
    if (!content) return response.writeHead(404).end()
    return response
      .writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CSP,
        'cache-control': file.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      })
      .end(content)
  }
  const server = createServer((request, response) => {
    void mock.handle(request, response, () => void page(request, response))
  })
  mock.live.attach(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the mock server has no port')
  return {
    url: `http://localhost:${address.port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
