import type { SetupKey } from '@/api/types'
import { DAY, nearestUnit } from '@/lib/time'

/** Whoever gives out keys needs so long to make another. */
const SOON = 14 * DAY

export interface Expiry {
  kind: 'never' | 'soon' | 'later' | 'past'
  text: string
}

/** When a key ends, and whether that calls for another: of one that is no good any more it does not. */
export function expiryOf({ expires, state }: Pick<SetupKey, 'expires' | 'state'>, now: Date): Expiry {
  if (!expires) return { kind: 'never', text: 'never expires' }
  const left = new Date(expires).getTime() - now.getTime()
  if (left <= 0) return { kind: 'past', text: `expired ${nearestUnit(-left)} ago` }
  return { kind: left <= SOON && state === 'valid' ? 'soon' : 'later', text: `expires in ${nearestUnit(left)}` }
}
