import type { AuditSummary } from '@/api/types'
import { DAY } from '@/lib/time'

/** Days that one bar stands for, as few as there is room for. */
const SPANS = [1, 7, 28, 91, 364]
const MOST_BARS = 93

export interface DayBar {
  /** Its first and its last day, as the moments at which they begin for everybody. */
  first: number
  last: number
  count: number
}

/** A bar for each day, or for a few where there are many; days on which nothing was done among them. */
export function dayBars({ from, to, byDay }: Pick<AuditSummary, 'from' | 'to' | 'byDay'>): DayBar[] {
  const begin = Math.floor(Date.parse(from) / DAY)
  const end = Math.ceil(Date.parse(to) / DAY)
  const span = SPANS.find((days) => (end - begin) / days <= MOST_BARS) ?? 3640
  const bars = Array.from({ length: Math.max(0, Math.ceil((end - begin) / span)) }, (_, index): DayBar => {
    const first = begin + index * span
    return { first: first * DAY, last: (Math.min(first + span, end) - 1) * DAY, count: 0 }
  })
  for (const { day, count } of byDay) {
    const bar = bars[Math.floor((Date.parse(day) / DAY - begin) / span)]
    if (bar) bar.count += count
  }
  return bars
}
