import type { AlertPer } from '@/api/types'
import { texts } from './texts'
import { wholeNumber } from './wholeNumber'

interface Bounds {
  minimum: number
  maximum: number
}

/** The problem of a number that must lie within bounds, if it has one. */
export const wrongNumber = (field: string, text: string, { minimum, maximum }: Bounds, what: string): Record<string, string> =>
  wholeNumber(text, minimum, maximum) === undefined ? { [field]: texts.wrong.enterWhole({ what, minimum, maximum }) } : {}

/** An alert of each group needs groups. */
export const wrongPer = (alertPer: AlertPer, groups: readonly string[]): Record<string, string> =>
  alertPer === 'group' && groups.length === 0 ? { alertPer: texts.wrong.nameAtLeastOne } : {}
