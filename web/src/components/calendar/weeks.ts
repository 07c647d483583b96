import { addDays, dayIn, daysBetween, startOfDay, weekdayOf } from '@/lib/zones'

/** From one moment to another, by ISO 8601. */
export interface Span {
  from: string
  to: string
}

export interface Bar<S> {
  span: S
  /** Shares of the week, from 0 to 1. */
  left: number
  width: number
  /** Which of the lines below the days it is in: those of one line do not overlap. */
  line: number
  /** It began in the week before, or goes on in the next one. */
  goesOn: { before: boolean; after: boolean }
}

export interface Day {
  day: string
  isToday: boolean
  isPast: boolean
}

export interface Week<S> {
  days: Day[]
  bars: Bar<S>[]
  lines: number
}

const WEEK = 7

/** The days of a place, each with the moment at which it begins, and the end of the last. */
const boundsOf = (zone: string, first: string): number[] => Array.from({ length: WEEK + 1 }, (_, index) => startOfDay(zone, addDays(first, index)))

/** Where in a week a moment is: a day is a seventh of it, however many hours it has. */
function placeOf(bounds: readonly number[], at: number): number {
  const index = bounds.findLastIndex((bound) => bound <= at)
  const [from, to] = [bounds[index], bounds[index + 1]]
  if (from === undefined) return 0
  return to === undefined ? 1 : (index + (at - from) / (to - from)) / WEEK
}

type Placed<S> = Omit<Bar<S>, 'line'>

/** Each in the first line where there is room, those that begin first before others, and of those the longest. */
function inLines<S>(placed: readonly Placed<S>[]): { bars: Bar<S>[]; lines: number } {
  const ends: number[] = []
  const bars = [...placed]
    .sort((one, other) => one.left - other.left || other.width - one.width)
    .map((bar) => {
      // What touches does not overlap: sums of fractions are not exact.
      const free = ends.findIndex((end) => end <= bar.left + 1e-9)
      const line = free === -1 ? ends.length : free
      ends[line] = bar.left + bar.width
      return { ...bar, line }
    })
  return { bars, lines: ends.length }
}

/** Spans laid out on whole weeks from this one's Monday to the day of a moment, by the clocks of a place. */
export function weeksOf<S extends Span>(spans: readonly S[], zone: string, now: number, until: number): Week<S>[] {
  const today = dayIn(zone, now)
  const monday = addDays(today, -weekdayOf(today))
  // What ends as a day begins is not of that day.
  const count = Math.floor(daysBetween(monday, dayIn(zone, Math.max(now, until - 1))) / WEEK) + 1
  return Array.from({ length: count }, (_, index) => {
    const first = addDays(monday, index * WEEK)
    const bounds = boundsOf(zone, first)
    const [begins, ends] = [bounds[0] ?? 0, bounds[WEEK] ?? 0]
    const placed = spans.flatMap((span) => {
      const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
      if (to <= begins || from >= ends) return []
      const left = placeOf(bounds, Math.max(from, begins))
      return [{ span, left, width: placeOf(bounds, Math.min(to, ends)) - left, goesOn: { before: from < begins, after: to > ends } }]
    })
    const days = Array.from({ length: WEEK }, (_, at) => {
      const day = addDays(first, at)
      return { day, isToday: day === today, isPast: day < today }
    })
    return { days, ...inLines(placed) }
  })
}
