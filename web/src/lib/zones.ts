import { DAY, HOUR } from './time'

/*
 * Days and clocks of a place that the reader need not be in. A day is written as the API writes it,
 * "2026-11-30", and counted with as a day of the calendar: it has no length.
 */

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
    formats.set(zone, found)
  }
  return found
}

/** What the clocks of a place show, as if it were UTC. */
function shownIn(zone: string, at: number): number {
  const parts = Object.fromEntries(format(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day ?? 1, parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0)
}

const dayOf = (shown: number): string => new Date(shown).toISOString().slice(0, 10)

/** Whether the browser knows the clocks of a place. */
export function knowsZone(zone: string): boolean {
  try {
    format(zone)
    return true
  } catch {
    return false
  }
}

/** Where the reader is. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone, or the reader's own where the browser does not know it. */
export const knownZone = (zone: string): string => (knowsZone(zone) ? zone : zoneHere())

/** Which day it is in a place. */
export const dayIn = (zone: string, at: number): string => dayOf(shownIn(zone, at))

export const addDays = (day: string, count: number): string => dayOf(Date.parse(day) + count * DAY)

/** Days from one to another. */
export const daysBetween = (first: string, last: string): number => Math.round((Date.parse(last) - Date.parse(first)) / DAY)

/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(day).getUTCDay() + 6) % 7

/** What offset a place's clocks have from UTC. */
const offset = (zone: string, at: number): number => shownIn(zone, at) - at

/** The moment at which the clocks of a place show a time, or the first after it where they skip it. */
export function momentIn(zone: string, shown: number): number {
  // The clocks may be changed around it: with the offset before and with that after, one of the two is right.
  const moments = [...new Set([offset(zone, shown - 26 * HOUR), offset(zone, shown + 26 * HOUR)])].map((by) => shown - by).sort((one, other) => one - other)
  return moments.find((at) => shownIn(zone, at) === shown) ?? moments.at(-1) ?? shown
}

/** The moment at which a day begins in a place. */
export const startOfDay = (zone: string, day: string): number => momentIn(zone, Date.parse(day))

/** A moment as a browser's field has it, by the clocks of a place, to the minute: "2026-11-30T09:00". */
export const fieldIn = (zone: string, at: number): string => new Date(shownIn(zone, at)).toISOString().slice(0, 16)

/** The moment that a browser's field says by the clocks of a place; none while nothing sensible is entered. */
export function momentOfField(zone: string, field: string): number | undefined {
  const shown = Date.parse(`${field}Z`)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(field) && Number.isFinite(shown) ? momentIn(zone, shown) : undefined
}
