import type { Change, PeerSort } from '@/api/types'
import { isPort, parseEnd, SOURCES, TARGETS, writeEnd, type EndKind } from '@/lib/accessEnds'
import { isRange } from '@/lib/dateRange'
import { isIp } from '@/lib/ip'
import { isResource } from '@/lib/resources'
import { oneOf, someOf, text, understood } from '@/lib/search'
import { isSince } from '@/lib/since'
import { CHOICES, LONGEST_IN_ADDRESS } from '@/lib/tried'
import { isUuid } from '@/lib/uuid'

/** The orders that a list knows, and each the other way round. */
const orders = <const Key extends string>(...keys: Key[]) => keys.flatMap((key) => [key, `-${key}` as const])

/** Values that are only known once the list is. */
const some = (value: unknown): string[] | undefined => {
  const given = (Array.isArray(value) ? (value as unknown[]).filter((one) => typeof one === 'string') : typeof value === 'string' ? value.split(',') : []).filter((one) => one !== '')
  return given.length > 0 ? given : undefined
}

type Raw = Record<string, unknown>

/** A stretch of time. */
const timeOf = (value: unknown): string | undefined => (typeof value === 'string' && isRange(value) ? value : undefined)

const PEER_SORTS = orders('name', 'status', 'lastSeen', 'ip', 'os', 'version') satisfies readonly PeerSort[]

export const overviewSearch = (raw: Raw) => understood({ range: oneOf(raw.range, ['7d', '30d', '90d']) })

export const metricsSearch = (raw: Raw) =>
  understood({
    range: oneOf(raw.range, ['7d', '30d', '90d', '2y']),
    resolution: oneOf(raw.resolution, ['1m', '1h', '1d']),
    /** Numbers, where it is none of these. */
    by: oneOf(raw.by, ['hour', 'group', 'os', 'version', 'country']),
    /** Of peers that are told apart: which of them, and how they are drawn. */
    of: oneOf(raw.of, ['online']),
    look: oneOf(raw.look, ['lines']),
    series: someOf(raw.series, ['peers_total', 'peers_online', 'peers_offline', 'peers_unconfirmed', 'uptime', 'sync_duration', 'sync_failures']),
    /** Ids of the tenant's own: the API tells three beside all of the platform's. */
    own: some(raw.own)?.filter((id, place, all) => isUuid(id) && all.indexOf(id) === place).slice(0, 3),
  })

export const ownMetricsSearch = (raw: Raw) => understood({ search: text(raw.search), watched: oneOf(raw.watched, ['yes', 'no']), sort: oneOf(raw.sort, orders('name', 'at', 'value', 'rules')) })

export const peersSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    status: someOf(raw.status, ['online', 'offline', 'unconfirmed']),
    group: some(raw.group),
    os: text(raw.os),
    version: text(raw.version),
    loginExpired: oneOf(raw.loginExpired, ['true', 'false']),
    approvalRequired: oneOf(raw.approvalRequired, ['true', 'false']),
    sort: oneOf(raw.sort, PEER_SORTS),
    peer: text(raw.peer),
  })

/** Ids of nodes, and services, are known to the page alone: one that nothing has is as if not given. */
export const topologySearch = (raw: Raw) =>
  understood({
    view: oneOf(raw.view, ['drawing', 'table']),
    layout: oneOf(raw.layout, ['reach', 'groups', 'kinds']),
    kind: someOf(raw.kind, ['group', 'peer', 'network', 'resource', 'router', 'route']),
    status: someOf(raw.status, ['online', 'offline', 'unconfirmed']),
    offline: oneOf(raw.offline, ['hidden']),
    says: someOf(raw.says, ['allows', 'drops', 'other', 'part']),
    service: some(raw.service),
    /** What the connections have to be about: those that are not are not asked for. */
    ...onWhat(raw),
    state: oneOf(raw.state, ['on', 'off']),
    search: text(raw.search),
    sort: oneOf(raw.sort, orders('from', 'to', 'says', 'policy', 'state')),
    /** The group whose peers are shown one by one, by NetBird's id. */
    group: text(raw.group),
    node: text(raw.node),
    link: text(raw.link),
  })

/** Of a page of a single thing: ids of NetBird's are unique in their account alone. */
export const itemSearch = (raw: Raw) => understood({ of: text(raw.of) })

export const groupsSearch = (raw: Raw) => understood({ search: text(raw.search), sort: oneOf(raw.sort, orders('name', 'peersCount')) })

export const usersSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    status: oneOf(raw.status, ['active', 'invited', 'blocked']),
    role: text(raw.role),
    service: oneOf(raw.service, ['true', 'false']),
    sort: oneOf(raw.sort, orders('name', 'email', 'role', 'status', 'lastLogin')),
  })

export const policiesSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    enabled: oneOf(raw.enabled, ['true', 'false']),
    group: text(raw.group),
    sort: oneOf(raw.sort, orders('name', 'enabled')),
  })

/** A newer API has kinds that no list knows beforehand. */
export const findingsSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    severity: someOf(raw.severity, ['critical', 'high', 'medium', 'low']),
    kind: some(raw.kind),
    sort: oneOf(raw.sort, orders('severity', 'name')),
  })

export const networksSearch = (raw: Raw) =>
  understood({ search: text(raw.search), group: text(raw.group), sort: oneOf(raw.sort, orders('name', 'resourcesCount', 'routersCount')) })

export const routesSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    enabled: oneOf(raw.enabled, ['true', 'false']),
    group: text(raw.group),
    sort: oneOf(raw.sort, orders('networkId', 'network', 'metric', 'enabled')),
  })

export const nameserversSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    enabled: oneOf(raw.enabled, ['true', 'false']),
    group: text(raw.group),
    sort: oneOf(raw.sort, orders('name', 'enabled', 'primary')),
  })

export const postureChecksSearch = (raw: Raw) => understood({ search: text(raw.search), sort: oneOf(raw.sort, orders('name', 'policiesCount')) })

export const setupKeysSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    state: text(raw.state),
    type: text(raw.type),
    group: text(raw.group),
    sort: oneOf(raw.sort, orders('name', 'state', 'expires', 'lastUsed', 'usedTimes')),
  })

const endOf = (value: unknown, kinds: readonly EndKind[]): string | undefined => {
  const end = parseEnd(value, kinds)
  return end && writeEnd(end)
}

/** A port is of no use with a protocol that has none. */
const onWhat = (raw: Raw) => {
  const protocol = oneOf(raw.protocol, ['tcp', 'udp', 'icmp'])
  return { protocol, port: typeof raw.port === 'string' && isPort(raw.port) && protocol !== 'icmp' ? raw.port : undefined }
}

export const accessSearch = (raw: Raw) => understood({ of: text(raw.of), from: endOf(raw.from, SOURCES), to: endOf(raw.to, TARGETS), ...onWhat(raw) })

/** The API refuses more groups than so many. */
const MATRIX_GROUPS = 200

/** Groups by NetBird's ids; `from` is the one whose row a phone shows. `rows` and `columns` are what the names of those shown are to have in them. */
export const matrixSearch = (raw: Raw) =>
  understood({
    groups: some(raw.groups)?.filter((id, place, all) => all.indexOf(id) === place).slice(0, MATRIX_GROUPS),
    /** As many groups as the API takes. */
    all: oneOf(raw.all, ['1']),
    from: text(raw.from),
    rows: fitting(raw.rows, ofLength(100)),
    columns: fitting(raw.columns, ofLength(100)),
    ...onWhat(raw),
  })

/** Changes that cannot be read stay in the address: the page says so, where an address without them would say nothing. */
export const trySearch = (raw: Raw) =>
  understood({
    of: text(raw.of),
    changes: fitting(raw.changes, (written) => written.length <= 2 * LONGEST_IN_ADDRESS && /^[\w-]+$/.test(written)),
    kept: fitting(raw.kept, like(/^[0-9a-z]{4,20}$/)),
    show: oneOf(raw.show, ['1']),
    add: oneOf(raw.add, CHOICES),
    about: fitting(raw.about, like(/^(group|peer|policy|router|resource|check|change):./)),
    edit: fitting(raw.edit, like(/^\d{1,2}$/)),
    proposal: fitting(raw.proposal, isUuid),
    seen: fitting(raw.seen, like(/^[1-9]\d{0,8}$/)),
    ...onWhat(raw),
  })

export const sinceSearch = (raw: Raw) => understood({ of: text(raw.of), since: fitting(raw.since, isSince) })

export const proposalsSearch = (raw: Raw) =>
  understood({ search: fitting(raw.search, ofLength(100)), state: someOf(raw.state, ['open', 'approved', 'rejected', 'closed']) })

export const reviewsSearch = (raw: Raw) => understood({ search: fitting(raw.search, ofLength(100)), status: someOf(raw.status, ['open', 'partly', 'signed']) })

/** What it is to be about first. */
export const newReviewSearch = (raw: Raw) => understood({ of: text(raw.of), about: fitting(raw.about, like(/^(group|resource):./)) })

/** Of the rows of a review. */
export const reviewSearch = (raw: Raw) =>
  understood({
    search: fitting(raw.search, ofLength(100)),
    subject: fitting(raw.subject, like(/^(group|resource):./)),
    certain: oneOf(raw.certain, ['true', 'false']),
    policy: text(raw.policy),
  })

export const alertsSearch = (raw: Raw) =>
  understood({
    status: someOf(raw.status, ['open', 'acknowledged', 'resolved', 'suppressed']),
    severity: someOf(raw.severity, ['critical', 'high', 'medium', 'low']),
    rule: fitting(raw.rule, isUuid),
    /** A peer, after its account: ids of peers are unique within an account only. */
    peer: fitting(raw.peer, like(/^[\w-]+\/./)),
  })

/** Codes and ids are NetBird's, which adds to them: one that nothing has finds nothing. */
export const eventsSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    source: oneOf(raw.source, ['netbird', 'platform']),
    activity: some(raw.activity),
    by: text(raw.by),
    about: text(raw.about),
    time: timeOf(raw.time),
  })

const CHANGED_LISTS = ['groups', 'users', 'policies', 'networks', 'network_resources', 'network_routers', 'routes', 'posture_checks', 'nameserver_groups', 'dns_settings', 'setup_keys', 'settings'] as const satisfies readonly Change['resource'][]
const CHANGE_KINDS = ['created', 'updated', 'deleted', 'omitted', 'uncompared'] as const satisfies readonly Change['kind'][]

/** The API refuses lists and kinds that it does not know. */
export const changesSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    list: someOf<string>(raw.list, CHANGED_LISTS),
    kind: someOf<string>(raw.kind, CHANGE_KINDS),
    by: text(raw.by),
    /** NetBird's id of what changed. */
    item: text(raw.item),
    time: timeOf(raw.time),
    change: text(raw.change),
  })

/** A text that fits; the API refuses others. */
const fitting = (value: unknown, fits: (text: string) => boolean): string | undefined => (typeof value === 'string' && fits(value) ? value : undefined)

const like = (pattern: RegExp) => (value: string) => pattern.test(value)
const ofLength = (most: number) => (value: string) => value.trim() !== '' && Array.from(value).length <= most

/** `rule`, `rule.send-test` */
const ACTION = /^[a-z_-]+(\.[a-z_-]+)?$/

/** `2026-11` */
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export const auditSearch = (raw: Raw) =>
  understood({
    search: fitting(raw.search, ofLength(200)),
    user: fitting(raw.user, isUuid),
    action: fitting(raw.action, like(ACTION)),
    resource: fitting(raw.resource, isResource),
    session: fitting(raw.session, isUuid),
    ip: fitting(raw.ip, isIp),
    time: timeOf(raw.time),
    summary: oneOf(raw.summary, ['1']),
    verify: fitting(raw.verify, like(MONTH)),
    entry: fitting(raw.entry, isUuid),
  })

export const rulesSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    condition: some(raw.condition),
    severity: someOf(raw.severity, ['critical', 'high', 'medium', 'low']),
    state: someOf(raw.state, ['on', 'off']),
    sort: oneOf(raw.sort, orders('name', 'severity', 'created')),
  })

/** Ids are known to the page alone: one that nothing has is as if not given. */
export const ruleTemplatesSearch = (raw: Raw) => understood({ pick: some(raw.pick)?.filter((id, place, all) => all.indexOf(id) === place) })

export const rulesImportSearch = (raw: Raw) => understood({ prune: oneOf(raw.prune, ['1']) })

export const silencesSearch = (raw: Raw) =>
  understood({
    view: oneOf(raw.view, ['calendar']),
    search: text(raw.search),
    state: someOf(raw.state, ['active', 'scheduled', 'off', 'ended']),
    sort: oneOf(raw.sort, orders('name', 'state', 'ends')),
  })

/** What is to be muted, one of each. */
export const silenceFormSearch = (raw: Raw) =>
  understood({ rule: fitting(raw.rule, isUuid), account: text(raw.account), severity: oneOf(raw.severity, ['critical', 'high', 'medium', 'low']) })

const KINDS = ['email', 'on_call', 'webhook', 'slack', 'teams', 'discord', 'pagerduty', 'opsgenie', 'telegram', 'ntfy'] as const

export const channelsSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    kind: someOf(raw.kind, KINDS),
    state: someOf(raw.state, ['on', 'failing', 'stopped', 'off']),
    sort: oneOf(raw.sort, orders('name', 'kind', 'used')),
  })

export const channelFormSearch = (raw: Raw) => understood({ kind: oneOf(raw.kind, KINDS) })

export const rotasSearch = (raw: Raw) => understood({ search: text(raw.search), sort: oneOf(raw.sort, orders('name', 'now', 'people')) })

export const routingSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    state: someOf(raw.state, ['on', 'off']),
    severity: someOf(raw.severity, ['critical', 'high', 'medium', 'low']),
    sort: oneOf(raw.sort, orders('name')),
  })

/** Its alert, the row of that one's history, and the way it went. */
const DELIVERY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_\d+_[\w-]+$/

export const deliveriesSearch = (raw: Raw) =>
  understood({
    status: someOf(raw.status, ['pending', 'failed', 'held', 'delivered', 'superseded']),
    event: someOf(raw.event, ['fired', 'escalated', 'repeated', 'grew', 'reopened', 'resolved']),
    channel: someOf(raw.channel, KINDS),
    shared: fitting(raw.shared, isUuid),
    rule: fitting(raw.rule, isUuid),
    alert: fitting(raw.alert, isUuid),
    time: timeOf(raw.time),
    delivery: fitting(raw.delivery, like(DELIVERY)),
  })

/** Which there are is known to the form, which is loaded with its page. */
const CONDITION = /^[a-z_]+$/

/** `from` is a rule to copy, `template` one to start from; `source`, `target` and what they are asked about are an access test's. */
export const ruleFormSearch = (raw: Raw) =>
  understood({
    condition: fitting(raw.condition, like(CONDITION)),
    from: fitting(raw.from, isUuid),
    template: text(raw.template),
    of: text(raw.of),
    source: endOf(raw.source, SOURCES),
    target: endOf(raw.target, TARGETS),
    ...onWhat(raw),
    expected: oneOf(raw.expected, ['allowed', 'denied']),
  })

export const membersSearch = (raw: Raw) =>
  understood({
    search: fitting(raw.search, ofLength(200)),
    role: someOf(raw.role, ['owner', 'admin', 'network_admin', 'viewer']),
    status: someOf(raw.status, ['active', 'inactive', 'invited']),
    sort: oneOf(raw.sort, orders('name', 'role', 'status')),
  })

export const tokensSearch = (raw: Raw) =>
  understood({
    of: oneOf(raw.of, ['all']),
    search: text(raw.search),
    scope: some(raw.scope),
    state: someOf(raw.state, ['valid', 'expired']),
    sort: oneOf(raw.sort, orders('name', 'owner', 'expires', 'used', 'created')),
  })

export const sessionsSearch = (raw: Raw) => understood({ search: text(raw.search), sort: oneOf(raw.sort, orders('device', 'used', 'tenant', 'created', 'ends')) })

export const accountsSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    status: someOf(raw.status, ['pending', 'syncing', 'healthy', 'degraded', 'unreachable', 'paused']),
    sort: oneOf(raw.sort, orders('name', 'status', 'last', 'peers', 'failed')),
  })

export const mailSearch = (raw: Raw) => understood({ file: text(raw.file), search: text(raw.search), sort: oneOf(raw.sort, orders('subject', 'sent')) })
