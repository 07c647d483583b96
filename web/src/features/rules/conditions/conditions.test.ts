// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import type { ConditionConfig, ConditionType } from '@/api/types'
import { CONDITIONS, conditionTitle, kindOf, takesPeers } from './conditions'

/** Of each condition: what a rule may have, and a draft that is wrong in the named fields. */
const EACH: Record<ConditionType, { config: ConditionConfig; wrong: object; fields: string[] }> = {
  access: {
    config: { from: 'group:g1', to: 'resource:r1', protocol: 'tcp', port: 5432, expected: 'denied' },
    wrong: { from: 'resource:r1', to: 'nothing', port: '70000' },
    fields: ['from', 'to', 'port'],
  },
  peer_offline: {
    config: { threshold: 1, duration: 3, groups: ['routers'], countUnconfirmed: true, alertPer: 'peer' },
    wrong: { threshold: '0', duration: '10081' },
    fields: ['threshold', 'duration'],
  },
  peer_count: {
    config: { operator: 'greater_than', threshold: 4, status: 'offline', alertPer: 'rule', groups: ['servers'] },
    wrong: { threshold: '-1' },
    fields: ['threshold'],
  },
  group_health: { config: { percent: 60, alertPer: 'rule', groups: ['servers'] }, wrong: { percent: '101' }, fields: ['percent'] },
  peer_flapping: {
    config: { minChanges: 4, withinMinutes: 90, groups: ['servers'] },
    wrong: { minChanges: '2', withinMinutes: '1441' },
    fields: ['minChanges', 'withinMinutes'],
  },
  peer_inactive: { config: { days: 1, groups: ['laptops'], alertPer: 'peer' }, wrong: { days: '731' }, fields: ['days'] },
  approval_pending: { config: { groups: ['guests'], alertPer: 'peer' }, wrong: { groups: Array<string>(51).fill('a') }, fields: ['groups'] },
  login_expired: { config: { groups: ['guests'], alertPer: 'rule' }, wrong: { groups: Array<string>(51).fill('a') }, fields: ['groups'] },
  client_version: { config: { minimum: '0.60.0', groups: ['servers'], alertPer: 'rule' }, wrong: { minimum: '0.60.x' }, fields: ['minimum'] },
  network_unrouted: { config: { networks: ['n1', 'n2'], routes: true }, wrong: { some: true }, fields: ['networks'] },
  login_expiring: { config: { hours: 48, groups: ['laptops'], alertPer: 'peer' }, wrong: { hours: '0' }, fields: ['hours'] },
  peer_added: { config: { window: 30, groups: ['servers'], alertPer: 'peer' }, wrong: { window: '4' }, fields: ['window'] },
  setup_key_expiring: { config: { days: 14, usedUp: true }, wrong: { days: '91' }, fields: ['days'] },
  network_event: {
    config: { activityCodes: ['policy', 'setupkey.add', 'user.join', 'route'], threshold: 2, window: 45 },
    wrong: { activityCodes: ['policy..update'], threshold: '1001', window: '0' },
    fields: ['activityCodes', 'threshold', 'window'],
  },
  configuration_changed: {
    config: { resources: ['policies', 'dns_settings', 'setup_keys', 'users'], by: [], exceptBy: ['robot'], window: 5 },
    wrong: { by: Array<string>(51).fill('a'), exceptBy: ['x'.repeat(201)], window: '4' },
    fields: ['by', 'exceptBy', 'window'],
  },
  custom_metric: {
    config: { metric: 'backup.age', tags: { host: 'db1', job: 'nightly' }, aggregate: 'avg', window: 90 - 30, operator: 'greater_than', value: 24.5, noData: 'fire' },
    wrong: { metric: 'peers_onlin', tags: ['host'], window: '61', value: 'many' },
    fields: ['metric', 'tags', 'window', 'value'],
  },
}

const FILTER = { groups: ['servers', 'db'], exceptGroups: ['lab'], names: ['db-*'], operatingSystems: ['linux', 'bsd'], users: ['ada@acme.example', 'u2'] }

describe.each(CONDITIONS.filter(({ type }) => takesPeers(type)))('$type', ({ type, kind }) => {
  const config = { ...EACH[type].config, ...FILTER } as ConditionConfig

  test('chooses its peers by all there is', () => {
    const draft = kind.draftOf(config)
    expect(kind.wrong(draft)).toEqual({})
    expect(kind.toConfig(draft)).toEqual(config)
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
  })
})

describe.each(CONDITIONS)('$type', ({ type, kind }) => {
  const { config, wrong, fields } = EACH[type]

  test('is sent back as it was', () => {
    const draft = kind.draftOf(config)
    expect(kind.wrong(draft)).toEqual({})
    expect(kind.toConfig(draft)).toEqual(config)
  })

  test('says which field is wrong', () => {
    expect(Object.keys(kind.wrong({ ...kind.blank(), ...wrong }))).toEqual(expect.arrayContaining(fields))
  })
})

test('only what nobody can guess is left to enter', () => {
  const incomplete = CONDITIONS.filter(({ kind }) => Object.keys(kind.wrong(kind.blank())).length > 0)
  expect(incomplete.map(({ type }) => type)).toEqual(['client_version', 'network_event', 'access', 'custom_metric'])
})

test('an access test has two sides, and says what would be wrong', () => {
  const kind = kindOf('access')
  const config = { from: 'peer:p1', to: 'peer:p2', expected: 'allowed', fromName: 'laptop-7', toName: 'db-1' } as const
  expect(kind.wrong({ ...kind.draftOf(config), to: 'peer:p1' })).toEqual({ to: 'Choose another peer than the one that connects.' })
})

test('a condition of a newer API has its own name, and stays as it came', () => {
  const kind = kindOf('moon_phase')
  const config = { phase: 'full' } as unknown as ConditionConfig
  expect(conditionTitle('moon_phase')).toBe('Moon phase')
  expect(kind.toConfig(kind.draftOf(config))).toEqual(config)
  expect([takesPeers('moon_phase'), takesPeers('setup_key_expiring'), takesPeers('login_expired')]).toEqual([false, false, true])
})
