import type { Change } from '@/api/types'
import { actorWords } from '@/components/changeWords'
import { grouped } from '@/lib/numbers'

const NOBODY_KNOWN = 'not known'

/** As many are named; the others are counted. */
const NAMED = 4

/** Who made the changes, those with most first: "Ada (12), Grace (3), not known (1)". */
export function byWhom(changes: readonly Change[]): string {
  const counts = new Map<string, number>()
  for (const { by } of changes) {
    const who = actorWords(by) ?? NOBODY_KNOWN
    counts.set(who, (counts.get(who) ?? 0) + 1)
  }
  const people = [...counts].sort(([one, most], [other, more]) => more - most || one.localeCompare(other))
  const rest = people.length - NAMED
  return [...people.slice(0, NAMED).map(([who, count]) => `${who} (${grouped(count)})`), ...(rest > 0 ? [`${grouped(rest)} more`] : [])].join(', ')
}

export const CHANGE_COLUMNS: readonly { title: string; text: (change: Change) => string }[] = [
  { title: 'When', text: ({ at }) => at },
  { title: 'What changed', text: ({ sentences, itemName }) => sentences.join(' · ') || itemName },
  { title: 'Who', text: ({ by }) => actorWords(by) ?? '' },
  { title: 'Kind', text: ({ kind }) => kind },
  { title: 'List', text: ({ resource }) => resource },
  { title: 'Item', text: ({ itemName }) => itemName },
  { title: 'Item, id', text: ({ itemId }) => itemId },
]
