import type { RulesImport, RulesImportField } from '@/api/types'
import { listed } from '@/lib/numbers'
import { texts } from './texts'

const NOT_SET = texts.notSet.notSet

/** A value as the document has it. */
function value(given: unknown): string {
  if (given === undefined || given === null) return NOT_SET
  return typeof given === 'string' ? (given === '' ? '“”' : given) : JSON.stringify(given)
}

interface FieldWords {
  /** "conditionConfig › duration" */
  field: string
  from: string
  to: string
}

/** A field that an import changes; a secret is not shown. */
export function fieldWords({ pointer, from, to }: RulesImportField): FieldWords {
  const field = pointer.split('/').filter(Boolean).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join(' › ')
  const isSecret = from === undefined && to === undefined
  return { field, from: isSecret ? texts.fieldWords.notShown : value(from), to: isSecret ? texts.fieldWords.secretInDocument : value(to) }
}

type Counts = Pick<RulesImport, 'created' | 'changed' | 'deleted'>

/** Whether it does anything. */
export const doesNothing = ({ created, changed, deleted }: Counts): boolean => created.length + changed.length + deleted.length === 0

/** What an import is about to do: "create 2, change 1 and delete 1 rule". */
export function willDo({ created, changed, deleted }: Counts): string {
  const acts = [
    { verb: texts.willDo.create, of: created },
    { verb: texts.willDo.change, of: changed },
    { verb: texts.willDo.delete, of: deleted },
  ].filter(({ of }) => of.length > 0)
  const last = acts.at(-1)
  return listed(acts.map((act) => `${act.verb} ${act === last ? texts.willDo.rules({ of: act.of.length }) : act.of.length}`))
}

/** What it did. */
export function didDo({ created, changed, deleted }: Counts): string {
  const parts = [created.length > 0 && texts.didDo.created({ created: created.length }), changed.length > 0 && texts.didDo.changed({ changed: changed.length }), deleted.length > 0 && texts.didDo.deleted({ deleted: deleted.length })].filter((part) => part !== false)
  return parts.length > 0 ? `${listed(parts)}.` : texts.didDo.nothingHadChange
}

/** Where a line of a text begins and ends. */
export function lineAt(text: string, line: number): { start: number; end: number } {
  const lines = text.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return { start: Math.min(start, text.length), end: Math.min(start + (lines[line - 1]?.length ?? 0), text.length) }
}
