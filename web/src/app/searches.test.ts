import { expect, test } from 'vitest'
import { accessSearch, accountsSearch, alertsSearch, auditSearch, changesSearch, channelFormSearch, channelsSearch, deliveriesSearch, eventsSearch, findingsSearch, mailSearch, matrixSearch, membersSearch, metricsSearch, newReviewSearch, overviewSearch, peersSearch, reviewSearch, reviewsSearch, rotasSearch, routingSearch, ruleFormSearch, rulesImportSearch, rulesSearch, ruleTemplatesSearch, sessionsSearch, silenceFormSearch, silencesSearch, sinceSearch, tokensSearch, topologySearch } from './searches'

const NONSENSE = 'javascript:alert(1)'

// The router lays a route's parameters over the raw ones of the address.
test.each([
  ['access', accessSearch, { of: ' ', from: 'resource:r', to: 'peer: ', protocol: 'all', port: '65536' }],
  ['peers', peersSearch, { status: NONSENSE, sort: NONSENSE }],
  ['overview', overviewSearch, { range: NONSENSE }],
  ['metrics', metricsSearch, { range: NONSENSE, resolution: NONSENSE, series: NONSENSE }],
  ['topology', topologySearch, { view: NONSENSE, layout: NONSENSE, kind: NONSENSE, status: NONSENSE, offline: NONSENSE, says: NONSENSE, service: ',', state: NONSENSE, sort: NONSENSE, node: ' ' }],
  ['alerts', alertsSearch, { status: NONSENSE, severity: NONSENSE, rule: NONSENSE }],
  ['audit trail', auditSearch, { search: ' ', user: NONSENSE, action: NONSENSE, resource: NONSENSE, session: NONSENSE, ip: NONSENSE, time: NONSENSE, summary: NONSENSE, entry: NONSENSE }],
  ['events', eventsSearch, { search: ' ', activity: ',', by: '', about: ' ', time: NONSENSE }],
  ['changes', changesSearch, { search: ' ', list: `${NONSENSE},`, kind: `${NONSENSE},`, by: ' ', item: ' ', time: NONSENSE, change: ' ' }],
  ['findings', findingsSearch, { search: ' ', severity: NONSENSE, kind: ',', sort: NONSENSE }],
  ['access matrix', matrixSearch, { groups: ',', from: ' ', protocol: NONSENSE, port: '65536' }],
  ['what opened since', sinceSearch, { of: ' ', since: NONSENSE }],
  ['access reviews', reviewsSearch, { search: ' ', status: NONSENSE }],
  ['access review', reviewSearch, { search: ' ', subject: NONSENSE, certain: NONSENSE, policy: ' ' }],
  ['new access review', newReviewSearch, { of: ' ', about: NONSENSE }],
  ['members', membersSearch, { search: 'x'.repeat(201), role: NONSENSE, status: NONSENSE }],
  ['new rule', ruleFormSearch, { condition: NONSENSE, from: NONSENSE }],
  ['tokens', tokensSearch, { of: NONSENSE, state: NONSENSE, sort: NONSENSE }],
  ['rules', rulesSearch, { severity: NONSENSE, state: NONSENSE, sort: NONSENSE }],
  ['import of rules', rulesImportSearch, { prune: NONSENSE }],
  ['rule templates', ruleTemplatesSearch, { pick: ',' }],
  ['silences', silencesSearch, { view: NONSENSE, state: NONSENSE, sort: NONSENSE }],
  ['new silence', silenceFormSearch, { rule: NONSENSE, severity: NONSENSE }],
  ['channels', channelsSearch, { kind: NONSENSE, state: NONSENSE, sort: NONSENSE }],
  ['new channel', channelFormSearch, { kind: NONSENSE }],
  ['rotas', rotasSearch, { sort: NONSENSE }],
  ['routing', routingSearch, { state: NONSENSE, severity: NONSENSE, sort: NONSENSE }],
  ['deliveries', deliveriesSearch, { status: NONSENSE, event: NONSENSE, channel: NONSENSE, shared: NONSENSE, rule: NONSENSE, alert: NONSENSE, time: NONSENSE, delivery: NONSENSE }],
  ['sessions', sessionsSearch, { sort: NONSENSE }],
  ['accounts', accountsSearch, { status: NONSENSE, sort: NONSENSE }],
  ['mail', mailSearch, { sort: NONSENSE }],
] as const)('nothing raw comes through what is not understood: %s', (_, read, raw) => {
  expect(Object.values<unknown>({ ...raw, ...read(raw) }).filter((value) => value !== undefined)).toEqual([])
})

test.each(['rule', 'rule.create', 'rule.send-test', 'second_factor.enable'])('the audit trail is narrowed to %s', (action) => {
  expect(auditSearch({ action }).action).toBe(action)
})

test('a question of access is read as far as it is understood', () => {
  expect(accessSearch({ of: 'a', from: 'group:x', to: 'route:y:z', protocol: 'tcp', port: '0' })).toEqual({ of: 'a', from: 'group:x', to: 'route:y:z', protocol: 'tcp', port: '0' })
  expect(accessSearch({ from: 'group:x', protocol: 'icmp', port: '22' })).toEqual({ from: 'group:x', protocol: 'icmp' })
  expect(accessSearch({ from: NONSENSE, to: 'peers:x', port: '022' })).toEqual({})
})

test('a matrix is of as many groups as the API takes, each once, and on a port where the protocol has any', () => {
  const groups = Array.from({ length: 210 }, (_, index) => `g${index}`)
  expect(matrixSearch({ groups: ['g1', ...groups].join(',') }).groups).toEqual(['g1', 'g0', ...groups.slice(2, 200)])
  expect(matrixSearch({ protocol: 'udp', port: '53' })).toEqual({ protocol: 'udp', port: '53' })
  expect(matrixSearch({ protocol: 'icmp', port: '53' })).toEqual({ protocol: 'icmp' })
})

test('the audit trail is searched for what the API takes', () => {
  expect(auditSearch({ search: '😀'.repeat(200) }).search).toBe('😀'.repeat(200))
  expect(auditSearch({ search: 'x'.repeat(201) }).search).toBeUndefined()
})

test.each([
  ['ip', '2001:db8::7', '2001:db8::g'],
  ['session', '0193a000-0000-7000-8000-00000000005e', '0193a000'],
  ['summary', '1', 'true'],
] as const)('of the audit trail %s is %s, and not %s', (name, fitting, other) => {
  expect(auditSearch({ [name]: fitting })[name]).toBe(fitting)
  expect(auditSearch({ [name]: other })[name]).toBeUndefined()
})
