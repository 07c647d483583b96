import type { AlertPer } from '@/api/types'
import { duration } from '@/lib/time'
import { placeOf, type PeersDraft } from './peers'
import { wholeNumber } from './wholeNumber'

/** Stands where nothing sensible is written yet. */
export const BLANK = '…'

export const minutes = (text: string): number | undefined => wholeNumber(text, 0)

export const lasting = (length: number | undefined): string => (length === undefined ? BLANK : duration(length * 60_000))

/** What is looked at by groups says so last. */
export const groupByGroup = (alertPer: AlertPer): string => (alertPer === 'group' ? ', group by group' : '')

/** Whom a condition of single peers is about, with what they do: each by itself, or as many as there are. */
export const subjectOf = (alertPer: AlertPer, peers: PeersDraft, one: string, many: string): string =>
  alertPer === 'peer' ? `any peer${placeOf(peers)} ${one}` : `one or more peers${placeOf(peers)} ${many}`

/** "3 days", also of what is half written. */
export function counted(text: string, one: string): string {
  const count = wholeNumber(text, 0)
  return `${count ?? BLANK} ${one}${count === 1 ? '' : 's'}`
}
