import type { AccessDifference, AccessDifferences } from '@/api/types'
import { saveCsv } from '@/components/list/csv'
import { TELLS, type Tense } from './words'

interface Row {
  way: string
  difference: AccessDifference
}

export const COLUMNS: readonly { title: string; text: (row: Row) => string }[] = [
  { title: 'Change', text: ({ way }) => way },
  { title: 'From', text: ({ difference }) => difference.from.name },
  { title: 'To', text: ({ difference }) => difference.to.name },
  { title: 'On', text: ({ difference }) => difference.services.join(', ') },
  { title: 'Pairs', text: ({ difference }) => String(difference.pairs) },
  { title: 'For sure', text: ({ difference }) => (difference.isCertain ? 'yes' : 'no') },
  { title: 'Policies (at most 5)', text: ({ difference }) => difference.policies.map(({ id, name }) => name || id).join(', ') },
  { title: 'From, kind', text: ({ difference }) => difference.from.type },
  { title: 'From, id', text: ({ difference }) => difference.from.id },
  { title: 'To, kind', text: ({ difference }) => difference.to.type },
  { title: 'To, id', text: ({ difference }) => difference.to.id },
]

export function rowsOf({ opened, closed }: Pick<AccessDifferences, 'opened' | 'closed'>, tense: Tense = 'would'): Row[] {
  const { opens, closes } = TELLS[tense]
  return [...opened.map((difference) => ({ way: opens, difference })), ...closed.map((difference) => ({ way: closes, difference }))]
}

export const saveDifferences = (found: AccessDifferences, tense: Tense): void => saveCsv(TELLS[tense].file, COLUMNS, rowsOf(found, tense))
