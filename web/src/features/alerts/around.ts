import type { Alert } from '@/api/types'
import type { Span } from '@/components/peerHistory/history'
import { DAY, HOUR } from '@/lib/time'

/** How far a strip reaches to both sides of the moment: steps, so that strips of alerts like each other are alike. */
const REACHES = [HOUR, 3 * HOUR, 12 * HOUR, 2 * DAY, 7 * DAY] as const

/** What is left at a strip's side of what it shows. */
const MARGIN = 1.2

/** The time around the moment in which an alert fired: wide enough for when it began, and for when it was over. */
export function aroundFired({ triggeredAt, resolvedAt, details }: Pick<Alert, 'triggeredAt' | 'resolvedAt' | 'details'>): Span {
  const fired = Date.parse(triggeredAt)
  const [before, after] = [fired - Date.parse(details.beganAt), resolvedAt ? Date.parse(resolvedAt) - fired : 0]
  const needed = MARGIN * Math.max(before, after)
  const reach = REACHES.find((one) => one >= needed) ?? REACHES[REACHES.length - 1] ?? DAY
  return { from: fired - reach, to: fired + reach }
}

/** The one peer that an alert is about; undefined where it is about several, or about something else. */
export const peerOf = ({ details: { affected } }: Pick<Alert, 'details'>) => (affected.peers.length === 1 && affected.total <= 1 ? affected.peers[0] : undefined)
