import { expect, test } from 'vitest'
import type { AlertRoute } from '@/api/types'
import { routedBy } from './routed'

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

const names = (rule: Parameters<typeof routedBy>[0]) => {
  const found = routedBy(rule, ROUTES)
  const of = (sure: boolean) => found.filter(({ isSure }) => isSure === sure).map(({ route: { name } }) => name)
  return { always: of(true), sometimes: of(false) }
}

test('a rule of one account is routed by what names it', () =>
  expect(names({ id: 'r-1', severity: 'critical', accountId: 'a-1' })).toEqual({ always: ['all', 'critical', 'this', 'hq'], sometimes: ['servers'] }))

test('where a rule looks at each account, those that name one match some of its alerts', () =>
  expect(names({ id: 'r-2', severity: 'high', accountId: null })).toEqual({ always: ['all'], sometimes: ['servers', 'hq', 'field'] }))

test('a rule that is written is named by none', () => expect(names({ severity: 'low', accountId: '' }).always).toEqual(['all', 'low']))

test('a rule that looks at a group is routed by those that name the group', () => {
  const groups = [{ name: 'servers', accounts: [{ accountId: 'a-1', accountName: 'HQ', groupId: 'g-1', name: 'servers', missing: false }] }]
  expect(names({ severity: 'high', accountId: 'a-1', groups }).always).toEqual(['servers', 'all', 'hq'])
})

test('those that match each alert are first', () =>
  expect(routedBy({ severity: 'high', accountId: 'a-1' }, ROUTES).map(({ route: { name } }) => name)).toEqual(['all', 'hq', 'servers']))
