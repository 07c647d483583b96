import { describe, expect, test } from 'vitest'
import { addDays, dayIn, daysBetween, fieldIn, knownZone, momentOfField, startOfDay, weekdayOf } from './zones'

const iso = (at: number): string => new Date(at).toISOString()

describe('a day of a place', () => {
  test.each([
    ['Europe/Berlin', '2026-11-29T23:30:00Z', '2026-11-30'],
    ['America/Los_Angeles', '2026-11-30T07:59:00Z', '2026-11-29'],
    ['UTC', '2026-11-30T00:00:00Z', '2026-11-30'],
  ])('in %s at %s is %s', (zone, at, day) => expect(dayIn(zone, Date.parse(at))).toBe(day))

  test.each([
    ['Europe/Berlin', '2026-11-30', '2026-11-29T23:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00.000Z'],
    ['Pacific/Auckland', '2026-11-30', '2026-11-29T11:00:00.000Z'],
    // Its clocks go from 0:00 to 1:00 on that day.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-30', '2026-11-29T18:15:00.000Z'],
  ])('begins in %s on %s at %s', (zone, day, at) => expect(iso(startOfDay(zone, day))).toBe(at))

  test('is counted with, whatever its length', () => {
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-10-24', '2026-11-01')).toBe(8)
    expect(weekdayOf('2026-11-30')).toBe(0)
    expect(weekdayOf('2026-11-29')).toBe(6)
  })
})

describe('a field of a place', () => {
  test('goes there and back', () => {
    const at = Date.parse('2026-11-30T08:00:00Z')
    expect(fieldIn('Europe/Berlin', at)).toBe('2026-11-30T09:00')
    expect(momentOfField('Europe/Berlin', '2026-11-30T09:00')).toBe(at)
  })

  test('of an hour that the clocks skip is the first after it', () => {
    expect(iso(momentOfField('Europe/Berlin', '2026-03-29T02:30') ?? 0)).toBe('2026-03-29T01:30:00.000Z')
  })

  test('of an hour that comes twice is its first', () => {
    expect(iso(momentOfField('Europe/Berlin', '2026-10-25T02:30') ?? 0)).toBe('2026-10-25T00:30:00.000Z')
  })

  test.each(['', 'soon', '2026-13-40T09:00'])('with “%s” in it says nothing', (field) => expect(momentOfField('UTC', field)).toBeUndefined())
})

test('a zone that the browser does not know is the reader’s', () => {
  expect(knownZone('Europe/Berlin')).toBe('Europe/Berlin')
  expect(knownZone('Mars/Olympus_Mons')).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
})
