import type { Change } from '@/api/types'
import { actorWords } from '@/components/changeWords'
import { texts } from './texts'

/** As many are named; the others are counted. */
const NAMED = 4

/** Who made the changes, those with most first: "Ada (12), Grace (3), not known (1)". */
export function byWhom(changes: readonly Change[]): string {
  const counts = new Map<string, number>()
  for (const { by } of changes) {
    const who = actorWords(by) ?? texts.changed.nobodyKnown
    counts.set(who, (counts.get(who) ?? 0) + 1)
  }
  const people = [...counts].sort(([one, most], [other, more]) => more - most || one.localeCompare(other))
  return texts.changed.people({ people: people.slice(0, NAMED), rest: people.length - NAMED })
}

export const CHANGE_COLUMNS: readonly { title: string; text: (change: Change) => string }[] = [
  { title: texts.columns.when, text: ({ at }) => at },
  { title: texts.columns.whatChanged, text: ({ sentences, itemName }) => sentences.join(' · ') || itemName },
  { title: texts.columns.who, text: ({ by }) => actorWords(by) ?? '' },
  { title: texts.columns.kind, text: ({ kind }) => kind },
  { title: texts.columns.list, text: ({ resource }) => resource },
  { title: texts.columns.item, text: ({ itemName }) => itemName },
  { title: texts.columns.itemId, text: ({ itemId }) => itemId },
]
