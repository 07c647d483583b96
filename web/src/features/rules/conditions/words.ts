import type { AlertPer } from '@/api/types'
import { duration } from '@/lib/time'
import { placeOf, type PeersDraft } from './peers'
import { texts } from './texts'
import { wholeNumber } from './wholeNumber'

/** Stands where nothing sensible is written yet. */
export const BLANK = '…'

export const minutes = (text: string): number | undefined => wholeNumber(text, 0)

export const lasting = (length: number | undefined): string => (length === undefined ? BLANK : duration(length * 60_000))

/** What is looked at by groups says so last. */
export const groupByGroup = (alertPer: AlertPer): string => (alertPer === 'group' ? texts.words.groupByGroup : '')

/** A clause with the peers that it is about, after "any peer" or "one or more peers". */
interface Clause {
  each: (peers: { place: string }) => string
  together: (peers: { place: string }) => string
}

/** What a condition of single peers says: of each by itself, or of as many as there are. */
export const clauseOf = (alertPer: AlertPer, peers: PeersDraft, clause: Clause): string =>
  `${(alertPer === 'peer' ? clause.each : clause.together)({ place: placeOf(peers) })}${groupByGroup(alertPer)}`

/** "3 days", also of what is half written. */
export function days(text: string): string {
  const count = wholeNumber(text, 0)
  return count === undefined ? texts.words.someDays({ blank: BLANK }) : texts.words.days({ count })
}
