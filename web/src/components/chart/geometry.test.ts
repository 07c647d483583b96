import { describe, expect, test } from 'vitest'
import { HOUR } from '@/lib/time'
import { areaPath, bandPath, gaps, linePath, runs, stacked, timeTicks, valueTicks } from './geometry'

const x = (index: number) => index * 10
const y = (value: number) => 100 - value

describe('gaps', () => {
  const values = [1, 2, null, null, 5, null, 7, 8]

  test('are where nothing is known', () => {
    expect(runs(values)).toEqual([
      { first: 0, last: 1 },
      { first: 4, last: 4 },
      { first: 6, last: 7 },
    ])
    expect(gaps([values])).toEqual([
      { first: 2, last: 3 },
      { first: 5, last: 5 },
    ])
  })

  test('of several lines are where none knows anything; a zero is known', () => {
    expect(gaps([values, [null, null, 0, null, null, null, null, null]])).toEqual([
      { first: 3, last: 3 },
      { first: 5, last: 5 },
    ])
  })

  test('are in no line: it begins again after each, and a lone point is a dot', () => {
    expect(linePath(values, x, y)).toBe('M0 99L10 98M40 95h0M60 93L70 92')
  })

  test('are in no area', () => {
    expect(areaPath(values, x, y)).toBe('M0 99L10 98L10 100L0 100ZM60 93L70 92L70 100L60 100Z')
  })

  test('are all of a line that knows nothing', () => {
    expect(linePath([null, null], x, y)).toBe('')
    expect(gaps([[null, null]])).toEqual([{ first: 0, last: 1 }])
  })
})

describe('a stack', () => {
  const lines = [
    [1, 2, null, 4],
    [3, null, null, 1],
  ]

  test('adds up what is known, and has a gap where nothing is', () => {
    expect(stacked(lines)).toEqual([
      { lower: [0, 0, null, 0], upper: [1, 2, null, 4] },
      { lower: [1, 2, null, 4], upper: [4, 2, null, 5] },
    ])
  })

  test('is drawn between two lines, run by run', () => {
    expect(stacked(lines).map((band) => bandPath(band, x, y))).toEqual(['M0 99L10 98L10 100L0 100ZM30 96L30 100Z', 'M0 96L10 98L10 98L0 99ZM30 95L30 96Z'])
  })
})

test.each([
  [60, 4, true, [0, 20, 40, 60]],
  [57, 4, true, [0, 20, 40, 60]],
  [3, 4, true, [0, 1, 2, 3]],
  [1, 4, true, [0, 1]],
  [0, 4, true, [0, 1]],
  [0.7, 4, false, [0, 0.2, 0.4, 0.6, 0.8]],
  [12_345, 4, true, [0, 5000, 10_000, 15_000]],
  [1000, 4, true, [0, 500, 1000]],
])('values up to %d are measured in at most %d round steps', (greatest, most, isWhole, ticks) => {
  expect(valueTicks(greatest, most, isWhole)).toEqual(ticks)
})

test('values never reach beyond the last tick, and are never in more steps than asked for', () => {
  for (let greatest = 1; greatest < 3000; greatest += 7) {
    const ticks = valueTicks(greatest, 5, true)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(greatest)
    expect(ticks.length).toBeLessThanOrEqual(6)
    expect(ticks.every(Number.isInteger)).toBe(true)
  }
})

describe('times', () => {
  const from = Date.UTC(2026, 10, 27, 21, 17)
  const iso = (ticks: number[]) => ticks.map((at) => new Date(at).toISOString().slice(5, 16))

  test('of a day are round hours', () => {
    expect(iso(timeTicks(from, from + 24 * HOUR, 5))).toEqual(['11-28T00:00', '11-28T06:00', '11-28T12:00', '11-28T18:00'])
  })

  test('of a week are days', () => {
    expect(iso(timeTicks(from, from + 7 * 24 * HOUR, 7))).toEqual(['11-28', '11-29', '11-30', '12-01', '12-02', '12-03', '12-04'].map((day) => `${day}T00:00`))
  })

  test.each([1, 7, 30, 90, 730])('of %d days are no more than fit', (days) => {
    for (const most of [2, 4, 8, 12]) expect(timeTicks(from, from + days * 24 * HOUR, most).length).toBeLessThanOrEqual(most + 1)
  })
})
