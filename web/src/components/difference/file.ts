import type { AccessDifference, AccessDifferences } from '@/api/types'
import { saveCsv } from '@/components/list/csv'
import { texts } from './texts'
import { FILES, type Tense } from './words'

interface Row {
  way: string
  difference: AccessDifference
}

export const COLUMNS: readonly { title: string; text: (row: Row) => string }[] = [
  { title: texts.file.change, text: ({ way }) => way },
  { title: texts.file.from, text: ({ difference }) => difference.from.name },
  { title: texts.file.to, text: ({ difference }) => difference.to.name },
  { title: texts.file.on, text: ({ difference }) => difference.services.join(', ') },
  { title: texts.file.pairs, text: ({ difference }) => String(difference.pairs) },
  { title: texts.file.certain, text: ({ difference }) => (difference.isCertain ? texts.file.yes : texts.file.no) },
  { title: texts.file.policies, text: ({ difference }) => difference.policies.map(({ id, name }) => name || id).join(', ') },
  { title: texts.file.fromKind, text: ({ difference }) => difference.from.type },
  { title: texts.file.fromId, text: ({ difference }) => difference.from.id },
  { title: texts.file.toKind, text: ({ difference }) => difference.to.type },
  { title: texts.file.toId, text: ({ difference }) => difference.to.id },
]

export function rowsOf({ opened, closed }: Pick<AccessDifferences, 'opened' | 'closed'>, tense: Tense = 'would'): Row[] {
  const ways = texts.file.ways[tense]
  return [...opened.map((difference) => ({ way: ways.opened, difference })), ...closed.map((difference) => ({ way: ways.closed, difference }))]
}

export const saveDifferences = (found: AccessDifferences, tense: Tense): void => saveCsv(FILES[tense], COLUMNS, rowsOf(found, tense))
