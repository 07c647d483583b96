// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { askedBy, watching } from './accessTest'
import { toRequest, toTest, validate } from './ruleDraft'

const FROM = { end: { kind: 'group', id: 'g1' }, name: 'contractors' } as const
const TO = { end: { kind: 'resource', id: 'r1' }, name: 'db' } as const

test('an answer becomes a rule that watches it, in its account', () => {
  const draft = watching({ of: 'acc', protocol: 'tcp', port: '5432', expected: 'denied' }, FROM, TO)
  // Whom it tells is left to say.
  expect(Object.keys(validate(draft))).toEqual(['/notificationConfig/email/recipients'])
  expect(toRequest(draft)).toMatchObject({
    name: 'contractors must not reach db on TCP 5432',
    accountId: 'acc',
    conditionType: 'access',
    conditionConfig: { from: 'group:g1', to: 'resource:r1', protocol: 'tcp', port: 5432, expected: 'denied' },
  })
  expect(toTest(draft)).toMatchObject({ accountId: 'acc' })
})

test('a rule leads to the question that it watches; others lead to none', () => {
  const rule = { conditionType: 'access', accountId: 'acc', conditionConfig: { from: 'group:g1', to: 'resource:r1', protocol: 'all', port: 53, expected: 'allowed' } } as const
  expect(askedBy(rule)).toEqual({ of: 'acc', from: 'group:g1', to: 'resource:r1', port: '53' })
  expect(askedBy({ ...rule, conditionConfig: { ...rule.conditionConfig, from: 'resource:r1' } })).toBeUndefined()
  expect(askedBy({ conditionType: 'peer_offline', conditionConfig: { duration: 5 } })).toBeUndefined()
})
