import { limits } from '@/api/__generated__/limits'
import { grouped } from '@/lib/numbers'
import { wholeNumber } from './wholeNumber'

interface Bounds {
  minimum: number
  maximum: number
}

/** The problem of a number that must lie within bounds, if it has one. */
export const wrongNumber = (field: string, text: string, { minimum, maximum }: Bounds, what: string): Record<string, string> =>
  wholeNumber(text, minimum, maximum) === undefined ? { [field]: `Enter whole ${what}, ${minimum} to ${grouped(maximum)}.` } : {}

/** All conditions that are about peers take as many groups. */
const MOST_GROUPS = limits.PeerOfflineConfig.groups.maxItems

export const wrongGroups = (groups: readonly string[]): Record<string, string> => (groups.length > MOST_GROUPS ? { groups: `At most ${MOST_GROUPS} groups.` } : {})

/** The groups of a request, which need not be there. */
export const someGroups = (groups: readonly string[]): { groups?: string[] } => (groups.length > 0 ? { groups: [...groups] } : {})
