import { limits } from '@/api/__generated__/limits'
import type { Channel, Severity, SilenceDay } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { SEVERITIES } from '@/components/status'
import { wordsOf } from '@/lib/named'
import { listed } from '@/lib/numbers'
import { zoneHere } from '@/lib/zones'
import { texts } from './texts'

export type QuietHours = NonNullable<Channel['quietHours']>

export type QuietWindow = QuietHours['windows'][number]

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export const MOST_WINDOWS = limits.QuietHours.windows.maxItems

export const newWindow = (): QuietWindow => ({ weekdays: [...WEEKDAYS], from: '22:00', to: '07:00' })

/** Every night, but for what cannot wait. */
export const newQuietHours = (): QuietHours => ({ timeZone: zoneHere(), windows: [newWindow()], exceptSeverities: ['critical'] })

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** Problems by the JSON pointer into the request. */
export function quietErrors(quiet: QuietHours | null): FieldErrors {
  const errors: Record<string, string> = {}
  if (quiet?.windows.length === 0) errors['/quietHours/windows'] = texts.wrong.noHours
  for (const [index, { weekdays, from, to }] of (quiet?.windows ?? []).entries()) {
    const at = `/quietHours/windows/${index}`
    if (weekdays.length === 0) errors[`${at}/weekdays`] = texts.wrong.noDay
    if (!TIME.test(from)) errors[`${at}/from`] = texts.wrong.time
    if (!TIME.test(to)) errors[`${at}/to`] = texts.wrong.time
  }
  return errors
}

const SHORT = 3

const short = (day: SilenceDay): string => wordsOf(day).slice(0, SHORT)

/** "Mon–Fri", "Sat and Sun"; of every day nothing. */
export function daysWords(weekdays: readonly SilenceDay[]): string {
  const places = WEEKDAYS.flatMap((day, place) => (weekdays.includes(day) ? [place] : []))
  const [first = 0, last = 0] = [places[0], places.at(-1)]
  if (places.length === WEEKDAYS.length) return ''
  const isRow = places.length > 2 && last - first === places.length - 1
  const names = places.flatMap((place) => WEEKDAYS[place] ?? []).map(short)
  return isRow ? `${names[0] ?? ''}–${names.at(-1) ?? ''}` : listed(names)
}

function windowWords({ weekdays, from, to }: QuietWindow): string {
  const hours = from === to ? (from === '00:00' ? texts.quietWords.allDay : texts.quietWords.wholeDay({ from })) : texts.quietWords.span({ from, to })
  return texts.quietWords.window({ days: daysWords(weekdays), hours })
}

/** "critical and high" */
const exceptWords = (severities: readonly Severity[]): string => listed(SEVERITIES.filter(({ value }) => severities.includes(value)).map(({ word }) => word.toLowerCase()))

/** "22:00–07:00, except critical" */
export function hoursWords({ windows, exceptSeverities }: QuietHours): string {
  return texts.quietWords.hours({ windows: windows.map(windowWords), except: exceptWords(exceptSeverities) })
}

/** "Quiet 22:00–07:00, except critical" */
export const quietWords = (quiet: QuietHours): string => texts.quietWords.quiet({ hours: hoursWords(quiet) })
