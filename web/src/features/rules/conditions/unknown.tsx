import type { ConditionKind } from './kind'
import { texts } from './texts'

function Fields() {
  return <p className="text-13 text-text-3">{texts.unknown.pageDoesNotKnow}</p>
}

/** A condition of a newer API: it has its own name, and what is set of it is sent back as it came. */
export const unknownKind: ConditionKind = {
  blank: () => ({}),
  draftOf: (config) => ({ ...config }),
  wrong: () => ({}),
  toConfig: (draft) => draft,
  Fields,
}
