// @vitest-environment jsdom
import { expect, test } from 'vitest'
import type { RuleTemplate } from '@/api/types'
import { validate } from './ruleDraft'
import { draftFrom, pickedOf, pickFor } from './templates'

const template = (id: string, rule: Pick<RuleTemplate['rule'], 'conditionType' | 'conditionConfig'>, recommended = false): RuleTemplate => ({
  id,
  name: `Rule ${id}`,
  description: 'What to do.',
  sentence: 'When it is so, open an alert.',
  recommended,
  needs: [],
  rule: { name: `Rule ${id}`, description: 'What to do.', severity: 'low', forMinutes: 3, keepFiringMinutes: 5, notificationConfig: {}, ...rule },
})

const all = [
  template('many-offline', { conditionType: 'group_health', conditionConfig: { percent: 70 } }, true),
  template('network-unrouted', { conditionType: 'network_unrouted', conditionConfig: {} }, true),
  template('setup-key-expires', { conditionType: 'setup_key_expiring', conditionConfig: { days: 14, usedUp: true } }, true),
  template('login-expired', { conditionType: 'login_expired', conditionConfig: {} }),
  template('client-too-old', { conditionType: 'client_version', conditionConfig: { minimum: '0.60.0' } }),
]
const ids = (picked: readonly { id: string }[]) => picked.map(({ id }) => id)
const RECOMMENDED = ['many-offline', 'network-unrouted', 'setup-key-expires']
const one = [{ id: 'r', name: 'Rule setup-key-expires' }]

test('whoever has no rule has what every network should have, ticked', () => {
  expect(ids(pickedOf(all, [], undefined))).toEqual(RECOMMENDED)
  expect(ids(pickedOf(all, one, undefined))).toEqual([])
})

test('what is ticked is in the address, unless nobody chose', () => {
  expect(pickFor(all, [], [...RECOMMENDED].reverse())).toBeUndefined()
  expect(pickFor(all, [], [])).toEqual(['none'])
  expect(ids(pickedOf(all, [], ['none']))).toEqual([])
  expect(pickFor(all, one, ['login-expired', 'many-offline'])).toEqual(['many-offline', 'login-expired'])
})

test('neither what is no template nor what there is a rule of already is ticked', () => {
  expect(ids(pickedOf(all, one, ['setup-key-expires', 'moon-phase', 'login-expired']))).toEqual(['login-expired'])
})

test.each(all)('$id is in the form as it would be made', (one) => {
  const draft = draftFrom(one)
  expect(draft).toMatchObject({ name: one.name, severity: 'low', forMinutes: '3', keepFiringMinutes: '5' })
  expect(Object.keys(validate(draft)).filter((pointer) => !pointer.startsWith('/notificationConfig'))).toEqual([])
})
