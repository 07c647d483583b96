/**
 * Stretches of time that a list is narrowed to, as an address names them: `today`, `7d`, `30d`, or the first and the last
 * day, `2026-01-01..2026-01-31`, either of which may be missing. Days are those of the reader's zone.
 */

const DAYS_BACK: Readonly<Record<string, number>> = { today: 0, '7d': 6, '30d': 29 }

export const RECENT = [
  { value: 'today', label: 'Today' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
] as const

export interface Days {
  first?: string
  last?: string
}

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/

/** Midnight, `later` days after the day that is meant; undefined where there is no such day. */
function midnight(day: string, later = 0): Date | undefined {
  const [, year, month, date] = DAY.exec(day)?.map(Number) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  const found = new Date(year, month - 1, date)
  if (found.getMonth() !== month - 1 || found.getDate() !== date) return undefined
  found.setDate(date + later)
  return found
}

/** The days that an address names; undefined for one of the others. */
export function daysOf(range: string): Days | undefined {
  const [first = '', last = '', ...more] = range.split('..')
  const isKnown = (day: string) => day === '' || midnight(day) !== undefined
  if (!range.includes('..') || more.length > 0 || !isKnown(first) || !isKnown(last) || (first === '' && last === '')) return undefined
  if (first !== '' && last !== '' && first > last) return undefined
  return { ...(first !== '' && { first }), ...(last !== '' && { last }) }
}

export const written = ({ first = '', last = '' }: Days): string => `${first}..${last}`

export const isRange = (range: string): boolean => Object.hasOwn(DAYS_BACK, range) || daysOf(range) !== undefined

/** From when on, and before when, as the API takes it. */
export function boundsOf(range: string, today: Date): { from?: string; to?: string } {
  const back = DAYS_BACK[range]
  if (back !== undefined) return { from: new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).toISOString() }
  const { first, last } = daysOf(range) ?? {}
  const from = first === undefined ? undefined : midnight(first)
  const to = last === undefined ? undefined : midnight(last, 1)
  return { ...(from && { from: from.toISOString() }), ...(to && { to: to.toISOString() }) }
}

/** "Nov 1 – 28, 2026", "From Nov 1, 2026" */
export function rangeWords(range: string, locale?: string): string {
  const recent = RECENT.find(({ value }) => value === range)
  if (recent) return recent.label
  const { first, last } = daysOf(range) ?? {}
  const [from, to] = [first, last].map((day) => (day === undefined ? undefined : midnight(day)))
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  if (from && to) return format.formatRange(from, to)
  return from ? `From ${format.format(from)}` : to ? `Until ${format.format(to)}` : range
}
