import { expect, test } from 'vitest'
import { actorWords, kindLook, pathWords, resourceWord, valueWords } from './changeWords'

test('a path is said field by field', () => {
  expect(pathWords('rules.ssh.ports')).toBe('Rules › ssh › ports')
  expect(pathWords('sourcePostureChecks')).toBe('Source posture checks')
  expect(pathWords('rules.Web to DB.portRanges')).toBe('Rules › Web to DB › port ranges')
})

test('values are said as people say them', () => {
  expect([true, false, 12_345, '', undefined, 'tcp', ['a']].map(valueWords)).toEqual(['on', 'off', '12,345', 'nothing', 'nothing', 'tcp', '["a"]'])
})

test('who did it is named by the best that is known', () => {
  expect(actorWords({ id: 'u1', name: 'Ada', email: 'ada@acme.example' })).toBe('Ada')
  expect(actorWords({ id: 'u1', email: 'ada@acme.example' })).toBe('ada@acme.example')
  expect(actorWords({ id: 'u1' })).toBe('u1')
  expect(actorWords({ id: '' })).toBe('NetBird')
  expect(actorWords(undefined)).toBeUndefined()
})

test('kinds and lists of a newer API are shown by their own names', () => {
  expect(kindLook('moved_away').word).toBe('Moved away')
  expect(resourceWord('dns_zones')).toBe('Dns zones')
})
