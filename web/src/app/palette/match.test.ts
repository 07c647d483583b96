import { expect, test } from 'vitest'
import { finds } from './match'

test.each([
  ['', 'Overview', true],
  ['alert', 'Alerts', true],
  ['rule new', 'New rule', true],
  ['muller', 'Müller', true],
  // One slip: a letter missing, too many, wrong, or two swapped.
  ['alrts', 'Alerts', true],
  ['allerts', 'Alerts', true],
  ['slerts', 'Alerts', true],
  ['evnets', 'Events', true],
  ['memebr', 'Members', true],
  ['sign', 'Design', true],
  ['rles', 'Rules', true],
  // Too short to forgive, or more than one slip.
  ['rle', 'Rules', false],
  ['xlxrts', 'Alerts', false],
  ['out', 'Rules', false],
])('“%s” and “%s”: %s', (typed, label, found) => {
  expect(finds(typed, label)).toBe(found)
})

test('other words find it too', () => {
  expect(finds('audit', 'Tenant', ['audit trail'])).toBe(true)
  expect(finds('invit', 'Members', ['invite'])).toBe(true)
  expect(finds('dark', 'Members', ['invite'])).toBe(false)
})
