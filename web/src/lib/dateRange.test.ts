import { describe, expect, test } from 'vitest'
import { boundsOf, daysOf, isRange, rangeWords } from './dateRange'

const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).toISOString()
const now = new Date(2026, 2, 3, 15, 30)

describe('bounds', () => {
  test.each([
    ['today', { from: local(2026, 3, 3) }],
    // Today is one of them.
    ['7d', { from: local(2026, 2, 25) }],
    ['30d', { from: local(2026, 2, 2) }],
    // The last day is whole.
    ['2026-01-30..2026-01-31', { from: local(2026, 1, 30), to: local(2026, 2, 1) }],
    ['2026-01-31..', { from: local(2026, 1, 31) }],
    ['..2026-12-31', { to: local(2027, 1, 1) }],
    ['nonsense', {}],
  ])('%s', (range, bounds) => expect(boundsOf(range, now)).toEqual(bounds))
})

describe('what an address may name', () => {
  test.each([
    ['today', true],
    ['2026-01-01..2026-01-01', true],
    ['2026-01-01..', true],
    ['..', false],
    ['yesterday', false],
    ['2026-02-30..', false],
    ['2026-01-02..2026-01-01', false],
    ['2026-01-01..2026-01-02..2026-01-03', false],
    ['2026-01-01', false],
    ['constructor', false],
  ])('%s: %s', (range, known) => expect(isRange(range)).toBe(known))

  test('its days', () => expect(daysOf('2026-01-01..')).toEqual({ first: '2026-01-01' }))
})

test.each([
  ['7d', 'Last 7 days'],
  ['2026-11-01..2026-11-28', 'Nov 1 – 28, 2026'],
  ['2026-11-01..', 'From Nov 1, 2026'],
  ['..2026-11-28', 'Until Nov 28, 2026'],
])('%s is said “%s”', (range, words) => expect(rangeWords(range, 'en-US').replaceAll('\u2009', ' ')).toBe(words))
