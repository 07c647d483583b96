import { expect, test } from 'vitest'
import type { AlertRoute } from '@/api/types'
import { nobodyWords, routedBy, type Asked } from './routed'

const route = (name: string, matchers: Partial<AlertRoute['matchers']>, enabled = true) => ({ name, enabled, channelIds: [], matchers: { ruleIds: [], severities: [], accountIds: [], groupIds: [], ...matchers } }) as unknown as AlertRoute

const ROUTES = [
  route('servers', { accountIds: ['a-1'], groupIds: ['g-1'] }),
  route('all', {}),
  route('off', {}, false),
  route('critical', { severities: ['critical'] }),
  route('low', { severities: ['low'] }),
  route('this', { ruleIds: ['r-1'] }),
  route('hq', { accountIds: ['a-1'] }),
  route('field', { accountIds: ['a-2'] }),
]

const names = (rule: Asked) => {
  const found = routedBy(rule, ROUTES)
  const of = (sure: boolean) => found.filter(({ isSure }) => isSure === sure).map(({ route: { name } }) => name)
  return { always: of(true), sometimes: of(false) }
}

test('a rule of one account is routed by what names it', () =>
  expect(names({ id: 'r-1', severity: 'critical', accountId: 'a-1' })).toEqual({ always: ['all', 'critical', 'this', 'hq'], sometimes: ['servers'] }))

test('where a rule looks at each account, those that name one match some of its alerts', () =>
  expect(names({ id: 'r-2', severity: 'high', accountId: null })).toEqual({ always: ['all'], sometimes: ['servers', 'hq', 'field'] }))

test('a rule that is written is named by none', () => expect(names({ severity: 'low', accountId: '' }).always).toEqual(['all', 'low']))

const SERVERS = [{ name: 'servers', accounts: [{ accountId: 'a-1', accountName: 'HQ', groupId: 'g-1', name: 'servers', missing: false }] }]

test('a rule that looks at a group is routed by those that name the group', () =>
  expect(names({ severity: 'high', accountId: 'a-1', groups: SERVERS, conditionConfig: { groups: ['servers'] } }).always).toEqual(['servers', 'all', 'hq']))

test('a group that a rule leaves out is none that it looks at', () =>
  expect(names({ severity: 'high', accountId: 'a-1', groups: SERVERS, conditionConfig: { exceptGroups: ['servers'] } })).toEqual({ always: ['all', 'hq'], sometimes: ['servers'] }))

test('those that match each alert are first', () =>
  expect(routedBy({ severity: 'high', accountId: 'a-1' }, ROUTES).map(({ route: { name } }) => name)).toEqual(['all', 'hq', 'servers']))

test('a rule that tells nobody by itself says whether others are told', () => {
  const routed = routedBy({ severity: 'low' }, ROUTES)
  const later = [{ afterMinutes: 15, channelIds: ['c-1'] }]
  expect(nobodyWords({ escalation: [] }, [])).toBe('Tells nobody; alerts show in the list only')
  expect(nobodyWords({ escalation: later }, [])).toBe('Tells nobody at first')
  expect(nobodyWords({ escalation: [] }, routed)).toBe('Tells nobody through channels of its own, only through routes')
  expect(nobodyWords({ escalation: later }, routed)).toBe('Tells nobody through channels of its own at first, only through routes')
  expect(nobodyWords({ escalation: [] }, undefined)).toBe('Tells nobody through channels of its own')
})
