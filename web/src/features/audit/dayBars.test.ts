import { expect, test } from 'vitest'
import { dayBars } from './dayBars'

const day = (at: number) => new Date(at).toISOString().slice(0, 10)
const told = (summary: Parameters<typeof dayBars>[0]) => dayBars(summary).map(({ first, last, count }) => [day(first), day(last), count])

test('each day has a bar, those without anything one of no height', () => {
  const byDay = [
    { day: '2026-11-27', count: 2 },
    { day: '2026-11-29', count: 5 },
  ]
  expect(told({ from: '2026-11-26T14:00:00Z', to: '2026-11-29T10:00:00Z', byDay })).toEqual([
    ['2026-11-26', '2026-11-26', 0],
    ['2026-11-27', '2026-11-27', 2],
    ['2026-11-28', '2026-11-28', 0],
    ['2026-11-29', '2026-11-29', 5],
  ])
  // A day that is not to be told of begins where the stretch ends.
  expect(told({ from: '2026-11-28T00:00:00Z', to: '2026-11-29T00:00:00Z', byDay: [] })).toEqual([['2026-11-28', '2026-11-28', 0]])
})

test('of a long time a bar is several days, and none is lost', () => {
  const byDay = [
    { day: '2026-01-01', count: 1 },
    { day: '2026-01-08', count: 2 },
    { day: '2026-12-31', count: 4 },
  ]
  const bars = told({ from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z', byDay })
  expect(bars.length).toBe(53)
  expect(bars.slice(0, 2)).toEqual([
    ['2026-01-01', '2026-01-07', 1],
    ['2026-01-08', '2026-01-14', 2],
  ])
  expect(bars.at(-1)).toEqual(['2026-12-31', '2026-12-31', 4])
})

test.each([1, 30, 93, 94, 800, 4000, 30_000, 300_000])('%d days are never more bars than fit', (days) => {
  const from = new Date(0).toISOString()
  const to = new Date(days * 86_400_000).toISOString()
  const bars = dayBars({ from, to, byDay: [{ day: day((days - 1) * 86_400_000), count: 1 }] })
  expect(bars.length).toBeLessThanOrEqual(93)
  expect(bars.at(-1)?.count).toBe(1)
})

test('a time that has not come has no day', () => {
  expect(dayBars({ from: '2026-11-29T00:00:00Z', to: '2026-11-20T00:00:00Z', byDay: [] })).toEqual([])
})
