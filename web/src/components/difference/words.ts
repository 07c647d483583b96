import type { AccessDifferences } from '@/api/types'
import { grouped, plural } from '@/lib/numbers'

type Counted = Pick<AccessDifferences, 'pairsOpened' | 'pairsClosed' | 'unchanged' | 'unread'>

/** "14 pairs open, 3 close" */
export function summary({ pairsOpened, pairsClosed, unchanged, unread }: Counted): string {
  if (unchanged) return unread.length === 0 ? 'Nothing opens or closes' : 'Nothing opens or closes, as far as is known'
  const opens = pairsOpened === 1 ? '1 pair opens' : `${plural(pairsOpened, 'pair')} open`
  if (pairsClosed === 0) return `${opens}, none closes`
  if (pairsOpened === 0) return pairsClosed === 1 ? '1 pair closes, none opens' : `${plural(pairsClosed, 'pair')} close, none opens`
  return `${opens}, ${grouped(pairsClosed)} ${pairsClosed === 1 ? 'closes' : 'close'}`
}

/** Of the differences that an answer has no room for. */
export const omittedWords = (count: number): string => `${plural(count, 'more difference')}, told peer by peer, ${count === 1 ? 'is' : 'are'} left out; the numbers above count ${count === 1 ? 'it' : 'them'}.`
