import { boundsOf } from './dateRange'

/**
 * Since when, as an address names it: `yesterday`, `7d`, `30d` by the days of the reader's zone, or a moment in UTC,
 * `2026-11-01T08:30:00Z`.
 */

export const SINCE = [
  { value: 'yesterday', label: 'Yesterday' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
] as const

/** Asked about where an address says nothing. */
export const USUAL_SINCE = '7d'

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z$/

const isMoment = (value: string): boolean => MOMENT.test(value) && !Number.isNaN(Date.parse(value))

export const isSince = (value: string): boolean => SINCE.some((one) => one.value === value) || isMoment(value)

/** The moment that is meant, as the API takes it: the first of a day where days are named. */
export function sinceMoment(since: string, today: Date): string {
  if (isMoment(since)) return since
  if (since === 'yesterday') return new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).toISOString()
  return boundsOf(since, today).from ?? sinceMoment(USUAL_SINCE, today)
}

const two = (part: number): string => String(part).padStart(2, '0')

/** A moment as a field of date and time has it, by the reader's clock. */
export function fieldTime(moment: string): string {
  const at = new Date(moment)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** And back; undefined where nothing whole was written. */
export function ofFieldTime(written: string): string | undefined {
  const at = new Date(written)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().replace(/\.000Z$/, 'Z')
}
