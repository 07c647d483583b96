import { expect, test } from 'vitest'
import { fieldTime, isSince, ofFieldTime, sinceMoment } from './since'

const TODAY = new Date(2026, 10, 29)

test.each(['yesterday', '7d', '30d', '2026-11-01T08:30:00Z', '2026-11-01T08:30Z', '2026-11-01T08:30:00.123456789Z'])('%s is a time since when', (since) => {
  expect(isSince(since)).toBe(true)
})

test.each(['', 'tomorrow', '90d', '2026-11-01', '2026-13-01T08:30:00Z', '2026-11-01T08:30:00+01:00', '2026-11-01T08:30:00'])('%s is none', (since) => {
  expect(isSince(since)).toBe(false)
})

test('days begin by the clock of the reader, and a moment stays to the last digit', () => {
  expect(sinceMoment('yesterday', TODAY)).toBe(new Date(2026, 10, 28).toISOString())
  expect(sinceMoment('7d', TODAY)).toBe(new Date(2026, 10, 23).toISOString())
  expect(sinceMoment('30d', TODAY)).toBe(new Date(2026, 9, 31).toISOString())
  expect(sinceMoment('2026-11-01T08:30:00.123456Z', TODAY)).toBe('2026-11-01T08:30:00.123456Z')
})

test('a field of date and time is by the clock of the reader, too', () => {
  const moment = new Date(2026, 10, 1, 8, 5).toISOString()
  expect(fieldTime(moment)).toBe('2026-11-01T08:05')
  expect(ofFieldTime('2026-11-01T08:05')).toBe(moment.replace('.000Z', 'Z'))
  expect(ofFieldTime('')).toBeUndefined()
})
