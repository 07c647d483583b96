import { expect, test } from 'vitest'
import { monthOf, monthsLater, monthTitle } from './months'

test('months follow each other over the turn of a year', () => {
  expect(monthsLater('2026-12', 1)).toBe('2027-01')
  expect(monthsLater('2026-01', -1)).toBe('2025-12')
  expect(monthsLater('2024-02', 12)).toBe('2025-02')
})

test('a month is one by UTC', () => {
  expect(monthOf(new Date('2026-10-31T23:30:00-04:00'))).toBe('2026-11')
  expect(monthTitle('2026-11')).toBe('November 2026')
})
