import { expect, test } from 'vitest'
import { alertsSearch, membersSearch, peersSearch, ruleFormSearch, tokensSearch } from './searches'

const NONSENSE = 'javascript:alert(1)'

// The router lays a route's parameters over the raw ones of the address.
test.each([
  ['peers', peersSearch, { status: NONSENSE, sort: NONSENSE }],
  ['alerts', alertsSearch, { status: NONSENSE, severity: NONSENSE }],
  ['members', membersSearch, { role: NONSENSE, status: NONSENSE }],
  ['new rule', ruleFormSearch, { condition: NONSENSE }],
  ['tokens', tokensSearch, { of: NONSENSE }],
] as const)('nothing raw comes through what is not understood: %s', (_, read, raw) => {
  expect(Object.values({ ...raw, ...read(raw) }).filter((value) => value !== undefined)).toEqual([])
})
