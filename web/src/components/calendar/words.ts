import { dayLabelOf, timeIn, weekdayLabelOf } from '@/lib/time'
import { dayIn } from '@/lib/zones'
import { texts } from './texts'

/** "30 Nov" */
export const dayWords = (day: string): string => (day === '' ? '' : dayLabelOf(day))

/** "Mon" */
export const weekdayWords = (day: string): string => (day === '' ? '' : weekdayLabelOf(day))

/** "Mon 30 Nov, 09:00", by the clocks of a place. */
export function momentWords(at: string, zone: string): string {
  const day = dayIn(zone, Date.parse(at))
  return `${weekdayWords(day)} ${dayWords(day)}, ${timeIn(zone, new Date(at))}`
}

/** "From Mon 30 Nov, 09:00 on", of what goes on after the last day that is known. */
export const onWords = (from: string, zone: string): string => texts.from({ from: momentWords(from, zone) })

/** "Mon 30 Nov, 09:00 to 17:00"; the day is said again where it is another one. */
export function spanWords(from: string, to: string, zone: string): string {
  const isSame = dayIn(zone, Date.parse(from)) === dayIn(zone, Date.parse(to))
  return texts.span({ from: momentWords(from, zone), to: isSame ? timeIn(zone, new Date(to)) : momentWords(to, zone) })
}
