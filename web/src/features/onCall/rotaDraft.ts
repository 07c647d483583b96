import { limits } from '@/api/__generated__/limits'
import type { Rota, RotaInput, RotaOverride, RotaPerson } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { addDays, dayIn, knownZone, weekdayOf, zoneHere } from '@/lib/zones'
import { texts } from './texts'

/** A rota while it is written. */
export interface RotaDraft {
  name: string
  /** In the order in which they take turns; names are for showing them. */
  people: readonly RotaPerson[]
  every: Rota['every']
  time: string
  weekday: Weekday
  timeZone: string
  startsOn: string
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export type Weekday = (typeof WEEKDAYS)[number]

export const LIMITS = {
  name: limits.RotaInput.name.maxLength,
  people: limits.RotaInput.people.maxItems,
  overrides: limits.RotaInput.overrides.maxItems,
} as const

export function newDraft(now = Date.now(), timeZone = zoneHere()): RotaDraft {
  const today = dayIn(timeZone, now)
  // From this week on, so that somebody is on call as soon as it is saved.
  return { name: '', people: [], every: 'week', time: '09:00', weekday: 'monday', timeZone, startsOn: addDays(today, -weekdayOf(today)) }
}

export const draftOf = ({ name, people, every, handover, timeZone, startsOn }: Rota): RotaDraft => ({
  name,
  people: [...people],
  every,
  time: handover.time,
  weekday: handover.weekday ?? 'monday',
  timeZone,
  startsOn,
})

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(Date.parse(text))

/** Problems by the JSON pointer into the request, so that the API's own answers join them. */
export function validate({ name, people, time, startsOn }: RotaDraft): FieldErrors {
  const errors: Record<string, string> = {}
  if (name.trim() === '') errors['/name'] = texts.validate.nameRota
  if (people.length === 0) errors['/people'] = texts.validate.addAtLeastOne
  if (people.length > LIMITS.people) errors['/people'] = texts.validate.atMostPeople({ people: LIMITS.people })
  if (!TIME.test(time)) errors['/handover/time'] = texts.validate.enterTimeDay
  if (!isDay(startsOn)) errors['/startsOn'] = texts.validate.enterDayOnWhich
  return errors
}

/** The request that makes a rota of a draft, or changes one to it; its overrides are made elsewhere, and stay. */
export const toRequest =
  (overrides: readonly RotaOverride[]) =>
  ({ name, people, every, time, weekday, timeZone, startsOn }: RotaDraft): RotaInput => ({
    name: name.trim(),
    people: people.map(({ id }) => id),
    every,
    handover: { time, ...(every === 'week' && { weekday }) },
    timeZone,
    startsOn,
    overrides: overrides.map(sent),
  })

const sent = ({ id, user, from, to }: RotaOverride) => ({ id, userId: user.id, from, to })

/** Somebody stands in for a while. Moments are as the browser's field has them, by the clocks of the rota. */
export interface OverrideDraft {
  userId: string
  from: string
  to: string
}

/** The rota with one more override, or with one less. */
export const withOverride = (rota: Rota, added: { userId: string; from: string; to: string }): RotaInput => {
  const request = toRequest(rota.overrides)(draftOf(rota))
  return { ...request, overrides: [...(request.overrides ?? []), added] }
}

export const withoutOverride = (rota: Rota, id: string): RotaInput => toRequest(rota.overrides.filter((one) => one.id !== id))(draftOf(rota))

/** One step up or down in a list; at its end nothing moves. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one, other] = [list[index], list[index + by]]
  if (one !== undefined && other !== undefined) [next[index], next[index + by]] = [other, one]
  return next
}

/** As it was written is how it is sent, whatever zones the browser knows; times are shown by one that it knows. */
export const shownZone = ({ timeZone }: Pick<Rota, 'timeZone'>): string => knownZone(timeZone)
