import { wordsOf } from '@/lib/named'
import type { ConditionKind } from './kind'

function Fields() {
  return <p className="text-13 text-text-3">This page does not know this condition yet, so its settings stay as they are. Reload the page to see whether a newer one does.</p>
}

/** A condition of a newer API: it has its own name, and what is set of it is sent back as it came. */
export const unknownKind = (type: string): ConditionKind => ({
  blank: () => ({}),
  draftOf: (config) => ({ ...config }),
  wrong: () => ({}),
  toConfig: (draft) => draft,
  clause: () => `“${wordsOf(type)}” is so`,
  Fields,
})
