const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const UNITS = [
  { unit: 'd', size: DAY },
  { unit: 'h', size: HOUR },
  { unit: 'min', size: MINUTE },
  { unit: 's', size: SECOND },
] as const

/** A length of time in its two largest useful units: "45 s", "7 min", "2 h 14 min", "6 d". */
export function duration(milliseconds: number): string {
  const length = Math.max(0, milliseconds)
  if (length < SECOND) return '0 s'
  const index = UNITS.findIndex(({ size }) => length >= size)
  const major = UNITS[index] ?? UNITS[3]
  const minor = UNITS[index + 1]
  const whole = Math.floor(length / major.size)
  const text = `${whole} ${major.unit}`
  // Minutes beside hours and hours beside the first days carry meaning; the rest is noise.
  const detailed = major.unit === 'h' || (major.unit === 'd' && whole < 3)
  const rest = minor && detailed ? Math.floor((length % major.size) / minor.size) : 0
  return rest > 0 && minor ? `${text} ${rest} ${minor.unit}` : text
}

/** "4 min ago": one unit, for lists. Times a little ahead of this clock count as now. */
export function ago(then: Date, now: Date): string {
  const passed = now.getTime() - then.getTime()
  if (passed < -30 * SECOND) return `in ${nearestUnit(-passed)}`
  if (passed < SECOND) return 'just now'
  return `${oneUnit(passed)} ago`
}

/** What lies ahead is not said to be a day less from its first second on. */
export function nearestUnit(milliseconds: number): string {
  const { unit, size } = UNITS.find((candidate) => Math.round(milliseconds / candidate.size) >= 1) ?? UNITS[3]
  return `${Math.round(milliseconds / size)} ${unit}`
}

export function oneUnit(milliseconds: number): string {
  const { unit, size } = UNITS.find((candidate) => milliseconds >= candidate.size) ?? UNITS[3]
  return `${Math.max(0, Math.floor(milliseconds / size))} ${unit}`
}

/** How long an answer took: "180 ms", "2.4 s", "15 s". */
export const took = (milliseconds: number): string => (milliseconds < SECOND ? `${Math.round(milliseconds)} ms` : `${(milliseconds / SECOND).toFixed(milliseconds < 10 * SECOND ? 1 : 0)} s`)

/** How times of day are written: as the browser's language does it, or as somebody chose. */
export type ClockChoice = 'locale' | '24' | '12'

const HOUR_CYCLES = { locale: undefined, '24': 'h23', '12': 'h12' } as const

const TIME = { hour: '2-digit', minute: '2-digit' } as const
const DATE = { year: 'numeric', month: 'short', day: 'numeric' } as const

const SHAPES = {
  absolute: { ...DATE, ...TIME, second: '2-digit', timeZoneName: 'short' },
  clock: TIME,
  seconds: { ...TIME, second: '2-digit' },
  day: { month: 'short', day: 'numeric' },
  date: DATE,
  utcDay: { ...DATE, timeZone: 'UTC', timeZoneName: 'short' },
  calendarDay: { month: 'short', day: 'numeric', timeZone: 'UTC' },
  weekday: { weekday: 'short', timeZone: 'UTC' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** Each is made when it is first asked for: one costs milliseconds, which a page that is just starting has better use for. */
function formatsFor(choice: ClockChoice, locale?: string) {
  const hourCycle = HOUR_CYCLES[choice]
  const made = new Map<string, Intl.DateTimeFormat>()
  return (shape: keyof typeof SHAPES, zone?: string): Intl.DateTimeFormat => {
    const key = `${shape} ${zone ?? ''}`
    const options: Intl.DateTimeFormatOptions = SHAPES[shape]
    const found = made.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, ...(options.hour && hourCycle && { hourCycle }), ...(zone && { timeZone: zone }) })
    made.set(key, found)
    return found
  }
}

let formats = formatsFor('locale')

/** Writes all times of day from now on in this way. */
export function setClock(choice: ClockChoice, locale?: string): void {
  formats = formatsFor(choice, locale)
}

/** Date, time to the second and zone, for details and on hover. */
export const absolute = (date: Date): string => formats('absolute').format(date)

interface ClockOptions {
  seconds?: boolean
  /** The day stands there even if it is today. */
  dated?: boolean
}

/** Time of day, with the date before it when that is not today, and the year when it is another one. */
export function clock(date: Date, now: Date, { seconds = false, dated = false }: ClockOptions = {}): string {
  const time = formats(seconds ? 'seconds' : 'clock').format(date)
  if (date.toDateString() === now.toDateString()) return dated ? `Today, ${time}` : time
  return `${formats(date.getFullYear() === now.getFullYear() ? 'day' : 'date').format(date)}, ${time}`
}

/** "28 Nov" */
export const dayLabel = (date: Date): string => formats('day').format(date)

/** "28 Nov 2026" */
export const dayAndYear = (date: Date): string => formats('date').format(date)

/** "14:00" */
export const hourLabel = (date: Date): string => formats('clock').format(date)

/** "28 Nov, 14:05" */
export const dayAndHour = (date: Date): string => `${dayLabel(date)}, ${hourLabel(date)}`

/** A day of everybody's, whatever day that is for the reader: "28 Nov 2026, UTC" */
export const utcDay = (date: Date): string => formats('utcDay').format(date)

/** A day of the calendar, "2026-11-28", as "28 Nov". */
export const dayLabelOf = (day: string): string => formats('calendarDay').format(new Date(day))

/** And as "Sat". */
export const weekdayLabelOf = (day: string): string => formats('weekday').format(new Date(day))

/** "14:00", by the clocks of a place. */
export const timeIn = (zone: string, date: Date): string => formats('clock', zone).format(date)
