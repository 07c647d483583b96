// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import type { ConditionConfig, ConditionType } from '@/api/types'
import { CONDITIONS, conditionTitle, kindOf, takesPeers } from './conditions'

/** Of each condition: what a rule may have, how its sentence begins, and a draft that is wrong in the named fields. */
const EACH: Record<ConditionType, { config: ConditionConfig; says: string; wrong: object; fields: string[] }> = {
  access: {
    config: { from: 'group:g1', to: 'resource:r1', protocol: 'tcp', port: 5432, expected: 'denied' },
    says: 'group:g1 can reach resource:r1 on TCP 5432',
    wrong: { from: 'resource:r1', to: 'nothing', port: '70000' },
    fields: ['from', 'to', 'port'],
  },
  peer_offline: {
    config: { threshold: 1, duration: 3, groups: ['routers'], countUnconfirmed: true, alertPer: 'peer' },
    says: 'any peer of routers is offline for 3 min',
    wrong: { threshold: '0', duration: '10081' },
    fields: ['threshold', 'duration'],
  },
  peer_count: {
    config: { operator: 'greater_than', threshold: 4, status: 'offline', alertPer: 'rule', groups: ['servers'] },
    says: 'the number of offline peers of servers is above 4',
    wrong: { threshold: '-1' },
    fields: ['threshold'],
  },
  group_health: { config: { percent: 60, alertPer: 'rule', groups: ['servers'] }, says: 'less than 60 % of the peers of servers are online', wrong: { percent: '101' }, fields: ['percent'] },
  peer_flapping: {
    config: { minChanges: 4, withinMinutes: 90, groups: ['servers'] },
    says: 'any peer of servers comes or goes 4 times or more within 1 h 30 min',
    wrong: { minChanges: '2', withinMinutes: '1441' },
    fields: ['minChanges', 'withinMinutes'],
  },
  peer_inactive: { config: { days: 1, groups: ['laptops'], alertPer: 'peer' }, says: 'any peer of laptops has been away for 1 day or more', wrong: { days: '731' }, fields: ['days'] },
  approval_pending: { config: { groups: ['guests'], alertPer: 'peer' }, says: 'any peer of guests awaits approval', wrong: { groups: Array<string>(51).fill('a') }, fields: ['groups'] },
  login_expired: { config: { groups: ['guests'], alertPer: 'rule' }, says: 'one or more peers of guests need to sign in again', wrong: { groups: Array<string>(51).fill('a') }, fields: ['groups'] },
  client_version: { config: { minimum: '0.60.0', groups: ['servers'], alertPer: 'rule' }, says: 'one or more peers of servers run a client older than 0.60.0', wrong: { minimum: '0.60.x' }, fields: ['minimum'] },
  network_unrouted: { config: { networks: ['n1', 'n2'], routes: true }, says: 'any of 2 networks, or a route, has no routing peer online', wrong: { some: true }, fields: ['networks'] },
  login_expiring: { config: { hours: 48, groups: ['laptops'], alertPer: 'peer' }, says: 'any peer of laptops must sign in again within 2 d', wrong: { hours: '0' }, fields: ['hours'] },
  peer_added: { config: { window: 30, groups: ['servers'], alertPer: 'peer' }, says: 'a new peer of servers joins the network', wrong: { window: '4' }, fields: ['window'] },
  setup_key_expiring: { config: { days: 14, usedUp: true }, says: 'a setup key expires within 14 days, or is used up', wrong: { days: '91' }, fields: ['days'] },
  network_event: {
    config: { activityCodes: ['policy', 'setupkey.add', 'user.join', 'route'], threshold: 2, window: 45 },
    says: 'NetBird logs policy, setupkey.add, user.join and 1 more 2 times within 45 min',
    wrong: { activityCodes: ['policy..update'], threshold: '1001', window: '0' },
    fields: ['activityCodes', 'threshold', 'window'],
  },
  configuration_changed: {
    config: { resources: ['policies', 'dns_settings', 'setup_keys', 'users'], by: [], exceptBy: ['robot'], window: 5 },
    says: 'policies, DNS settings, setup keys and 1 more are changed by anybody but robot',
    wrong: { by: Array<string>(51).fill('a'), exceptBy: ['x'.repeat(201)], window: '4' },
    fields: ['by', 'exceptBy', 'window'],
  },
  custom_metric: {
    config: { metric: 'backup.age', tags: { host: 'db1', job: 'nightly' }, aggregate: 'avg', window: 90 - 30, operator: 'greater_than', value: 24.5, noData: 'fire' },
    says: 'the average of backup.age (host=db1, job=nightly) over 1 h is above 24.5, or has no value for 1 h',
    wrong: { metric: 'peers_onlin', tags: ['host'], window: '61', value: 'many' },
    fields: ['metric', 'tags', 'window', 'value'],
  },
}

const FILTER = { groups: ['servers', 'db'], exceptGroups: ['lab'], names: ['db-*'], operatingSystems: ['linux', 'bsd'], users: ['ada@acme.example', 'u2'] }
const WHO = ' of servers or db named db-*, running Linux or BSD, registered by ada@acme.example or u2 and not in lab'

describe.each(CONDITIONS.filter(({ type }) => takesPeers(type)))('$type', ({ type, kind }) => {
  const config = { ...EACH[type].config, ...FILTER } as ConditionConfig

  test('chooses its peers by all there is, and says so', () => {
    const draft = kind.draftOf(config)
    expect(kind.wrong(draft)).toEqual({})
    expect(kind.toConfig(draft)).toEqual(config)
    expect(kind.clause(draft)).toContain(WHO)
  })

  test('says what of its choice makes no sense', () => {
    const draft = { ...kind.blank(), groups: ['lab'], exceptGroups: ['lab'], names: ['**'], users: Array<string>(51).fill('a') }
    expect(Object.keys(kind.wrong(draft))).toEqual(expect.arrayContaining(['exceptGroups', 'names', 'users']))
  })
})

describe.each(CONDITIONS.filter(({ kind }) => 'alertPer' in kind.blank()))('$type', ({ type, kind }) => {
  test('has an alert of each group once there are groups', () => {
    const of = (groups: string[]) => ({ ...kind.draftOf(EACH[type].config), groups, alertPer: 'group' })
    expect(Object.keys(kind.wrong(of([])))).toEqual(['alertPer'])
    expect(kind.wrong(of(['servers']))).toEqual({})
    expect(kind.toConfig(of(['servers']))).toMatchObject({ alertPer: 'group', groups: ['servers'] })
    expect(kind.clause(of(['servers', 'db']))).toMatch(/ of servers or db .*, group by group$/)
  })
})

describe.each(CONDITIONS)('$type', ({ type, kind }) => {
  const { config, says, wrong, fields } = EACH[type]

  test('is sent back as it was', () => {
    const draft = kind.draftOf(config)
    expect(kind.wrong(draft)).toEqual({})
    expect(kind.toConfig(draft)).toEqual(config)
  })

  test('is said as the API says it', () => {
    expect(kind.clause(kind.draftOf(config))).toBe(says)
  })

  test('says which field is wrong', () => {
    expect(Object.keys(kind.wrong({ ...kind.blank(), ...wrong }))).toEqual(expect.arrayContaining(fields))
  })
})

test('a change of anything, by anybody, is said in few words', () => {
  const kind = kindOf('configuration_changed')
  expect(kind.clause(kind.blank())).toBe('the configuration is changed')
  expect(kind.clause({ ...kind.blank(), resources: ['groups'], by: ['ada@acme.example'], exceptBy: ['robot'] })).toBe('groups are changed by ada@acme.example')
})

test('metrics of the platform’s own are said in words, and numbers as the API rounds them', () => {
  const kind = kindOf('custom_metric')
  const clause = (part: object) => kind.clause({ ...kind.blank(), ...part })
  expect(clause({ metric: 'peers_online', operator: 'less_than', value: '5' })).toBe('the number of online peers is below 5')
  expect(clause({ metric: 'sync_failures', aggregate: 'sum', window: '10', operator: 'greater_than', value: '0,12345' })).toBe('the sum of minutes with a failed sync over 10 min is above 0.123')
  expect(clause({ metric: 'tiny', aggregate: 'min', operator: 'equals', value: '1e-7' })).toBe('the lowest value of tiny over 5 min is exactly 1.000e-7')
})

test('only what nobody can guess is left to enter', () => {
  const incomplete = CONDITIONS.filter(({ kind }) => Object.keys(kind.wrong(kind.blank())).length > 0)
  expect(incomplete.map(({ type }) => type)).toEqual(['client_version', 'network_event', 'access', 'custom_metric'])
})

test('an access test names both sides, and says what would be wrong', () => {
  const kind = kindOf('access')
  const config = { from: 'peer:p1', to: 'peer:p2', expected: 'allowed', fromName: 'laptop-7', toName: 'db-1' } as const
  expect(kind.clause(kind.draftOf({ ...config, protocol: 'all', port: 53 }))).toBe('laptop-7 cannot reach db-1 on TCP 53 and UDP 53')
  expect(kind.clause(kind.draftOf({ ...config, protocol: 'icmp', expected: 'denied' }))).toBe('laptop-7 can reach db-1 on ICMP')
  expect(kind.clause(kind.blank())).toBe('… can reach …')
  expect(kind.wrong({ ...kind.draftOf(config), to: 'peer:p1' })).toEqual({ to: 'Choose another peer than the one that connects.' })
})

test('a condition of a newer API has its own name, and stays as it came', () => {
  const kind = kindOf('moon_phase')
  const config = { phase: 'full' } as unknown as ConditionConfig
  expect(conditionTitle('moon_phase')).toBe('Moon phase')
  expect(kind.toConfig(kind.draftOf(config))).toEqual(config)
  expect(kind.clause(kind.blank())).toBe('“Moon phase” is so')
  expect([takesPeers('moon_phase'), takesPeers('setup_key_expiring'), takesPeers('login_expired')]).toEqual([false, false, true])
})
