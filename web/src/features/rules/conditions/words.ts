import type { AlertPer } from '@/api/types'
import { duration } from '@/lib/time'
import { wholeNumber } from './wholeNumber'

/** Stands where nothing sensible is written yet. */
export const BLANK = '…'

export const minutes = (text: string): number | undefined => wholeNumber(text, 0)

export const lasting = (length: number | undefined): string => (length === undefined ? BLANK : duration(length * 60_000))

/** Where the peers are that count. */
export const placeOf = (groups: readonly string[]): string => (groups.length > 0 ? groups.join(' or ') : 'the network')

/** Whom a condition of single peers is about, with what they do: each by itself, or as many as there are. */
export const subjectOf = (alertPer: AlertPer, groups: readonly string[], one: string, many: string): string =>
  alertPer === 'peer' ? `any peer of ${placeOf(groups)} ${one}` : `one or more peers of ${placeOf(groups)} ${many}`

/** "3 days", also of what is half written. */
export function counted(text: string, one: string): string {
  const count = wholeNumber(text, 0)
  return `${count ?? BLANK} ${one}${count === 1 ? '' : 's'}`
}
