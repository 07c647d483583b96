import type { AlertPer } from '@/api/types'
import { grouped } from '@/lib/numbers'
import { wholeNumber } from './wholeNumber'

interface Bounds {
  minimum: number
  maximum: number
}

/** The problem of a number that must lie within bounds, if it has one. */
export const wrongNumber = (field: string, text: string, { minimum, maximum }: Bounds, what: string): Record<string, string> =>
  wholeNumber(text, minimum, maximum) === undefined ? { [field]: `Enter whole ${what}, ${minimum} to ${grouped(maximum)}.` } : {}

/** An alert of each group needs groups. */
export const wrongPer = (alertPer: AlertPer, groups: readonly string[]): Record<string, string> =>
  alertPer === 'group' && groups.length === 0 ? { alertPer: 'Name at least one group, or choose another.' } : {}
