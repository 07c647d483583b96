import { afterEach, describe, expect, test } from 'vitest'
import { absolute, ago, clock, duration, oneUnit, setClock } from './time'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('duration', () => {
  test.each([
    [0, '0 s'],
    [45_000, '45 s'],
    [7 * MINUTE + 30_000, '7 min'],
    [2 * HOUR + 14 * MINUTE, '2 h 14 min'],
    [3 * HOUR, '3 h'],
    [DAY + 5 * HOUR, '1 d 5 h'],
    [6 * DAY + 7 * HOUR, '6 d'],
    [-5_000, '0 s'],
  ])('%i ms is %s', (length, text) => expect(duration(length)).toBe(text))
})

describe('ago', () => {
  const now = new Date('2026-03-01T12:00:00Z')
  const at = (passed: number) => new Date(now.getTime() - passed)

  test.each([
    [500, 'just now'],
    [12_000, '12 s ago'],
    [4 * MINUTE, '4 min ago'],
    [26 * HOUR, '1 d ago'],
  ])('%i ms before is %s', (passed, text) => expect(ago(at(passed), now)).toBe(text))

  test('a clock a little ahead of this one is no future', () => expect(ago(at(-5_000), now)).toBe('just now'))

  test('what is planned lies ahead', () => expect(ago(at(-2 * MINUTE), now)).toBe('in 2 min'))

  test('and is not a day less from its first second on', () => expect(ago(at(-7 * DAY + 5_000), now)).toBe('in 7 d'))
})

test('one unit is the largest that fits', () => expect(oneUnit(2 * HOUR + 59 * MINUTE)).toBe('2 h'))

describe('the clock', () => {
  const evening = new Date('2026-03-04T21:05:09Z')

  afterEach(() => setClock('locale'))

  test.each([
    ['locale', 'en-US', '09:05 PM'],
    ['24', 'en-US', '21:05'],
    ['locale', 'de-DE', '21:05'],
    ['12', 'de-DE', '09:05 PM'],
  ] as const)('%s in %s: %s', (choice, locale, text) => {
    setClock(choice, locale)
    expect(clock(evening, evening).replace('\u202F', ' ')).toBe(text)
  })

  test('another day is named, and another year', () => {
    setClock('24', 'en-US')
    expect(clock(evening, new Date('2026-03-05T12:00:00Z'))).toBe('Mar 4, 21:05')
    expect(clock(evening, new Date('2027-03-04T12:00:00Z'))).toBe('Mar 4, 2026, 21:05')
  })

  test('today is named where all days are', () => {
    setClock('24', 'en-US')
    expect(clock(evening, evening, { dated: true })).toBe('Today, 21:05')
    expect(clock(evening, new Date('2026-03-05T12:00:00Z'), { dated: true })).toBe('Mar 4, 21:05')
  })

  test('midnight begins a day of 24 hours', () => {
    setClock('24', 'en-US')
    const midnight = new Date('2026-03-04T00:00:00Z')
    expect(clock(midnight, midnight)).toBe('00:00')
    expect(absolute(midnight)).toContain('00:00:00')
  })
})
