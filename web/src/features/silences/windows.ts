import type { Silence } from '@/api/types'
import { addDays, dayIn, knowsZone, momentIn, startOfDay, weekdayOf } from '@/lib/zones'
import { DAY, MINUTE } from '@/lib/time'
import { DAYS } from './silenceDraft'

/** A silence while it mutes. */
export interface Muted {
  silence: Silence
  from: string
  to: string
}

type Window = readonly [from: number, to: number]

/** When it recurs, as the API's own evaluation has it: from what the clocks of its place show, for so many minutes, whatever they do meanwhile. */
function recurring({ days, from, minutes, timeZone }: NonNullable<Silence['recurrence']>, since: number, until: number): Window[] {
  const [hour = 0, minute = 0] = from.split(':').map(Number)
  const found: Window[] = []
  // One that began the day before may go on, by the clocks of the place two days before.
  const last = dayIn(timeZone, until)
  for (let day = addDays(dayIn(timeZone, since), -2); day <= last; day = addDays(day, 1)) {
    const weekday = DAYS[weekdayOf(day)]
    if (!weekday || !days.includes(weekday)) continue
    const begins = momentIn(timeZone, Date.parse(day) + (hour * 60 + minute) * MINUTE)
    found.push([begins, begins + minutes * MINUTE])
  }
  return found
}

function windowsOf({ recurrence, startsAt, endsAt, windows }: Silence, now: number, until: number): Window[] {
  const [first, last] = [Date.parse(startsAt), Date.parse(endsAt)]
  // Of a place that the browser does not know, the next ones are those that the API names.
  const named = () => windows.map((window): Window => [Date.parse(window.startsAt), Date.parse(window.endsAt)])
  const all = !recurrence ? [[first, last] as const] : knowsZone(recurrence.timeZone) ? recurring(recurrence, Math.max(now, first), Math.min(until, last)) : named()
  return all.map(([from, to]): Window => [Math.max(from, first), Math.min(to, last)]).filter(([from, to]) => from < to && now < to && from < until)
}

/** What mutes from a moment on, one after the other; what is switched off does not. */
export function mutedFrom(silences: readonly Silence[], now: number, until: number): Muted[] {
  return silences
    .filter(({ enabled }) => enabled)
    .flatMap((silence) => windowsOf(silence, now, until).map(([from, to]) => ({ silence, from: new Date(from).toISOString(), to: new Date(to).toISOString() })))
    .sort((one, other) => Date.parse(one.from) - Date.parse(other.from))
}

/** The days that it is shown on: what is over within a day has its place on the day on which it begins. */
export function onDays(muted: Muted, zone: string): { from: string; to: string; muted: Muted } {
  const [from, to] = [Date.parse(muted.from), Date.parse(muted.to)]
  const first = dayIn(zone, from)
  const last = to - from <= DAY ? first : dayIn(zone, to - 1)
  const iso = (day: string) => new Date(startOfDay(zone, day)).toISOString()
  return { from: iso(first), to: iso(addDays(last, 1)), muted }
}
