import type { QueryKey } from '@tanstack/react-query'

/** An account, or a word for what is asked without one. */
const inAccount = (accountId: string | undefined, otherwise: string) => accountId ?? otherwise

/** A graph of one account's network, or of some of it. */
interface Asked {
  accountId?: string | undefined
  group?: string | undefined
  protocol?: string | undefined
  port?: number | undefined
}

/** Of a list whose rows are narrowed by filters; its bare word is all of them. */
const list = <const Word extends string>(word: Word) => ({ all: [word] as const, list: (filters: object) => [word, filters] as const })

/** Of one thing by its id; without one it is not asked for. */
const one = <const Word extends string>(word: Word) => ({ all: [word] as const, one: (id: string | undefined) => [word, id] as const })

/** Of one thing that NetBird knows, in an account or in the first that has it: where its id stands is known to `live/updates.ts`. */
const item = <const Word extends string>(word: Word) => ({
  all: [word] as const,
  one: (id: string | undefined, accountId: string | undefined) => [word, inAccount(accountId, 'any'), id] as const,
})

/** Of what an account has, where that is asked without filters. */
const of = <const Word extends string>(word: Word, otherwise: string) => ({
  all: [word] as const,
  of: (accountId: string | undefined) => [word, inAccount(accountId, otherwise)] as const,
})

/**
 * By what name every answer of the API is kept. Whoever asks, forgets or is told takes it from here: a word that is spelt in
 * two places is one day spelt in two ways, and what was to be forgotten is shown on. Of whom and of which tenant an answer
 * is says its cache (`clientOf`), no key.
 */
export const keys = {
  // Of the tenant itself, and of who is in it.
  tenant: ['tenant'],
  sso: ['sso'],
  members: { ...list('members'), names: (status: string, search: string) => ['members', 'names', status, search] },
  roles: ['roles'],
  sessions: ['sessions'],
  tokens: { all: ['tokens'], list: (ofAll: boolean) => ['tokens', ofAll] },
  recipients: ['recipients'],

  // What NetBird has.
  accounts: ['accounts'],
  netbirdSettings: (accountId: string) => ['netbird-settings', accountId],
  syncs: { of: (accountId: string) => ['syncs', accountId], quiet: (accountId: string) => ['syncs', accountId, 'quiet'] },
  peers: list('peers'),
  peer: item('peer'),
  peerHistory: { ...item('peer-history'), between: (id: string, accountId: string, from: number, to: number) => ['peer-history', accountId, id, from, to] },
  foundPeers: list('found-peers'),
  peerFacets: of('peer-facets', 'all'),
  peerSearch: (search: string) => ['peer-search', search],
  groupPeers: (accountId: string | undefined, group: string, limit: number) => ['group-peers', accountId, group, limit],
  newestVersion: ['newest-version'],
  groups: list('groups'),
  group: item('group'),
  foundGroups: (filters: object, limit: number) => ['found-groups', filters, limit],
  groupsThatFit: (accountId: string | undefined) => ['groups-that-fit', accountId],
  netbirdUsers: list('netbird-users'),
  netbirdUser: item('netbird-user'),
  foundUsers: list('found-users'),
  policies: list('policies'),
  policy: item('policy'),
  networks: list('networks'),
  network: item('network'),
  routes: list('routes'),
  route: item('route'),
  nameservers: list('nameservers'),
  nameserverGroup: item('nameserver-group'),
  postureChecks: list('posture-checks'),
  postureCheck: item('posture-check'),
  setupKeys: list('setup-keys'),
  setupKey: item('setup-key'),
  events: list('events'),
  eventSample: of('event-sample', 'oldest'),
  changes: list('changes'),
  change: one('change'),
  itemChanges: list('item-changes'),
  findings: of('findings', 'oldest'),
  topology: { all: ['topology'], of: ({ accountId, group, protocol, port }: Asked) => ['topology', inAccount(accountId, 'oldest'), group ?? 'none', protocol ?? 'any', port ?? 'any'] as const },
  found: (kind: string, filters: object) => ['found', kind, filters],
  allPolicies: (accountId: string) => ['all-policies', accountId],
  allNetworks: (accountId: string) => ['all-networks', accountId],
  allNames: (kind: string, accountId: string) => ['all-names', kind, accountId],
  name: (accountId: string, thing: { kind: string; id: string } | undefined) => ['name', accountId, thing && `${thing.kind}:${thing.id}`],

  // What it came to.
  overview: of('overview', 'all'),
  metrics: { all: ['metrics'], of: (span: unknown, filters: object) => ['metrics', span, filters] },
  ownMetrics: of('own-metrics', 'all'),
  trends: list('trends'),
  alerts: {
    ...list('alerts'),
    active: ['alerts', 'active'],
    ofPeer: (accountId: string, peerId: string) => ['alerts', 'of-peer', accountId, peerId],
  },
  alert: { ...one('alert'), peers: (id: string) => ['alert', id, 'peers'] },
  linkedAlert: (token: string) => ['linked-alert', token],
  rules: ['rules'],
  rule: one('rule'),
  ruleTest: (draft: unknown) => ['rule-test', draft],
  ruleTemplates: ['rule-templates'],
  channels: ['channels'],
  channel: one('channel'),
  rotas: ['rotas'],
  rota: one('rota'),
  alertRoutes: ['alert-routes'],
  alertRoute: one('alert-route'),
  silences: ['silences'],
  silence: one('silence'),
  silencePreview: (draft: unknown) => ['silence-preview', draft],
  deliveries: {
    ...list('deliveries'),
    one: (id: string | undefined) => ['deliveries', 'one', id],
    latest: (filters: object, limit: number) => ['deliveries', 'latest', filters, limit],
  },
  audit: list('audit'),
  auditEntry: one('audit-entry'),
  auditSummary: list('audit-summary'),
  auditVerification: (month: string) => ['audit-verification', month],
  auditExports: ['audit-exports'],

  // Who reaches what.
  accessCheck: (question: unknown) => ['access-check', question],
  accessStarts: (accountId: string | undefined) => ['access-starts', accountId],
  accessMatrix: (accountId: string | undefined, protocol: string | undefined, port: number | undefined, groups: readonly string[] | undefined) =>
    ['access-matrix', inAccount(accountId, 'oldest'), protocol ?? 'all', port ?? 'any', groups?.join(',') ?? 'usual'] as const,
  accessDifference: (accountId: string | undefined, trial: unknown) => ['access-difference', accountId, trial],
  accessSince: (accountId: string | undefined, since: string | undefined) => ['access-since', accountId, since],
  proposals: list('proposals'),
  proposal: one('proposal'),
  reviews: list('access-reviews'),
  review: one('access-review'),
  reviewRows: (id: string, filters: object) => ['access-review-rows', id, filters],

  // What nobody needs to be signed in for.
  health: ['health'],
  setup: ['setup'],
  mails: ['mail'],
  mail: (file: string | undefined) => ['mail', file],
  invitation: (token: string) => ['invitation', token],
  recipientRequest: (token: string) => ['recipient-request', token],
  ssoStart: (slug: string) => ['sso-start', slug],
  ssoFinish: (state: unknown) => ['sso-finish', state],
} as const

/** One page of a list that is read page by page. */
export const pageOf = (key: QueryKey, cursor: string | undefined): QueryKey => [...key, { cursor: cursor ?? null }]
