import { expect, test } from 'vitest'
import { endOf, newPause } from './PauseFields'

const NOW = Date.parse('2026-03-01T12:00:00Z')

test('a pause ends after so many hours', () => {
  expect(endOf(newPause(), NOW)).toBe('2026-03-01T20:00:00.000Z')
  expect(endOf({ hours: '720', until: '' }, NOW)).toBe('2026-03-31T12:00:00.000Z')
})

test('or at a moment of the local clock, once there is one', () => {
  expect(endOf({ hours: 'until', until: '' }, NOW)).toBeUndefined()
  expect(endOf({ hours: 'until', until: '2026-03-02T07:00' }, NOW)).toBe(new Date(2026, 2, 2, 7).toISOString())
})
