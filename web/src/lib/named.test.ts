import { expect, test } from 'vitest'
import { named } from './named'

const WORDS = { online: 'Online' }

test('what is known has its word, and what only a newer API knows its own name', () => {
  expect(named(WORDS, 'online', (words) => words)).toBe('Online')
  expect(named(WORDS, 'moon_phase', (words) => words)).toBe('Moon phase')
  // Not what every object has.
  expect(named(WORDS, 'toString', (words) => words)).toBe('ToString')
})
