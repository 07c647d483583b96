import type { SetupKey } from '@/api/types'
import { DAY, nearestUnit } from '@/lib/time'
import { texts } from './texts'

/** Whoever gives out keys needs so long to make another. */
const SOON = 14 * DAY

export interface Expiry {
  kind: 'never' | 'soon' | 'later' | 'past'
  text: string
}

const millisecondsLeft = (expires: string, now: Date): number => new Date(expires).getTime() - now.getTime()

/** As NetBird had it when it was asked; but a key may have ended since. */
export const stateAt = ({ expires, state }: Pick<SetupKey, 'expires' | 'state'>, now: Date): string =>
  state === 'valid' && expires && millisecondsLeft(expires, now) <= 0 ? 'expired' : state

/** When a key ends, and whether that calls for another: of one that is no good any more it does not. */
export function expiryOf({ expires, state }: Pick<SetupKey, 'expires' | 'state'>, now: Date): Expiry {
  if (!expires) return { kind: 'never', text: texts.setupKeys.neverExpires }
  const left = millisecondsLeft(expires, now)
  if (left <= 0) return { kind: 'past', text: texts.setupKeys.expired({ ago: nearestUnit(-left) }) }
  return { kind: left <= SOON && state === 'valid' ? 'soon' : 'later', text: texts.setupKeys.expiresIn({ left: nearestUnit(left) }) }
}
