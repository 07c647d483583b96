import type { AccessDifferences } from '@/api/types'
import { texts } from './texts'

type Counted = Pick<AccessDifferences, 'pairsOpened' | 'pairsClosed' | 'unchanged' | 'unread'>

/** What would be so, and what has come to be so since a moment. */
export type Tense = 'would' | 'since'

/** Names of files, in which it says in the rows what became of a pair. */
export const FILES: Record<Tense, string> = { would: 'access-difference', since: 'access-since' }

/** "14 pairs open, 3 close", "14 pairs opened, 3 closed" */
export function summary({ pairsOpened, pairsClosed, unchanged, unread }: Counted, tense: Tense = 'would', isWhole = true): string {
  const words = texts.summary[tense]
  if (unchanged) return unread.length === 0 && isWhole ? words.nothing : words.nothingKnown
  if (pairsClosed === 0) return words.opened({ count: pairsOpened })
  return pairsOpened === 0 ? words.closed({ count: pairsClosed }) : words.both({ opened: pairsOpened, closed: pairsClosed })
}

/** Of the differences that an answer has no room for. */
export const omittedWords = (count: number): string => texts.differences.omitted({ count })
