import type { AccessDifferences } from '@/api/types'
import { grouped, plural } from '@/lib/numbers'

type Counted = Pick<AccessDifferences, 'pairsOpened' | 'pairsClosed' | 'unchanged' | 'unread'>

/** What would be so, and what has come to be so since a moment. */
export type Tense = 'would' | 'since'

interface WayWords {
  title: string
  /** Leads to the answer as it is now. */
  why: string
  none: string
}

interface Tells {
  opened: WayWords
  closed: WayWords
  opens: string
  open: string
  closes: string
  close: string
  unchanged: string
  /** Names its file, and says in its rows what became of a pair. */
  file: string
}

export const TELLS: Record<Tense, Tells> = {
  would: {
    opened: { title: 'Opens', why: 'Why it is closed now', none: 'Nothing opens.' },
    closed: { title: 'Closes', why: 'Why it is open now', none: 'Nothing closes.' },
    opens: 'opens',
    open: 'open',
    closes: 'closes',
    close: 'close',
    unchanged: 'With these changes everybody would reach just what they reach now.',
    file: 'access-difference',
  },
  since: {
    opened: { title: 'Opened', why: 'Why it is open now', none: 'Nothing opened.' },
    closed: { title: 'Closed', why: 'Why it is closed now', none: 'Nothing closed.' },
    opens: 'opened',
    open: 'opened',
    closes: 'closed',
    close: 'closed',
    unchanged: 'Everybody reaches just what they reached then.',
    file: 'access-since',
  },
}

/** "14 pairs open, 3 close", "14 pairs opened, 3 closed" */
export function summary({ pairsOpened, pairsClosed, unchanged, unread }: Counted, tense: Tense = 'would', isWhole = true): string {
  const { opens, open, closes, close } = TELLS[tense]
  if (unchanged) return `Nothing ${opens} or ${closes}${unread.length === 0 && isWhole ? '' : ', as far as is known'}`
  const opening = pairsOpened === 1 ? `1 pair ${opens}` : `${plural(pairsOpened, 'pair')} ${open}`
  if (pairsClosed === 0) return `${opening}, none ${closes}`
  if (pairsOpened === 0) return pairsClosed === 1 ? `1 pair ${closes}, none ${opens}` : `${plural(pairsClosed, 'pair')} ${close}, none ${opens}`
  return `${opening}, ${grouped(pairsClosed)} ${pairsClosed === 1 ? closes : close}`
}

/** Of the differences that an answer has no room for. */
export const omittedWords = (count: number): string => `${plural(count, 'more difference')}, told peer by peer, ${count === 1 ? 'is' : 'are'} left out; the numbers above count ${count === 1 ? 'it' : 'them'}.`
