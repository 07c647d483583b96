import { expect, test } from 'vitest'
import { ACTION_OPTIONS, actionChoice, actionWords, kindTitle } from './actions'

test.each([
  ['rule.create', 'Created a rule'],
  ['session.create', 'Signed in'],
  ['session.refuse', 'Tried to sign in, in vain'],
  ['access.refuse', 'Was refused'],
  ['session.revoke', 'Session ended: its refresh token was used twice'],
  // Of a newer server.
  ['moon.land', 'moon.land'],
  ['constructor', 'constructor'],
])('%s is “%s”', (code, words) => expect(actionWords(code)).toBe(words))

test.each([
  ['rule', 'Anything about rules'],
  ['rule.create', 'Created a rule'],
  ['route', 'Anything about routes of alerts'],
  ['moon', 'Anything about moon'],
])('%s is chosen as “%s”', (value, words) => expect(actionChoice(value)).toBe(words))

test.each([
  ['second_factor', 'Second factor'],
  ['route', 'Route of alerts'],
  ['moon_phase', 'Moon phase'],
])('%s is a “%s”', (kind, title) => expect(kindTitle(kind)).toBe(title))

test('a kind is offered before its actions, and no two choices read alike', () => {
  const values = ACTION_OPTIONS.map(({ value }) => value)
  expect(values.slice(values.indexOf('rule')).slice(0, 8)).toEqual(['rule', 'rule.create', 'rule.update', 'rule.enable', 'rule.disable', 'rule.delete', 'rule.send-test', 'rule.signing-secret'])
  expect(new Set(ACTION_OPTIONS.map(({ label }) => label)).size).toBe(values.length)
})
