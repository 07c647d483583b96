import type { RulesImport, RulesImportField } from '@/api/types'
import { listed, plural } from '@/lib/numbers'

const NOT_SET = 'not set'

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
  return { field, from: isSecret ? 'not shown' : value(from), to: isSecret ? 'the secret in the document' : value(to) }
}

type Counts = Pick<RulesImport, 'created' | 'changed' | 'deleted'>

/** Whether it does anything. */
export const doesNothing = ({ created, changed, deleted }: Counts): boolean => created.length + changed.length + deleted.length === 0

/** What an import is about to do: "create 2, change 1 and delete 1 rule". */
export function willDo({ created, changed, deleted }: Counts): string {
  const acts = [
    { verb: 'create', of: created },
    { verb: 'change', of: changed },
    { verb: 'delete', of: deleted },
  ].filter(({ of }) => of.length > 0)
  const last = acts.at(-1)
  return listed(acts.map((act) => `${act.verb} ${act === last ? plural(act.of.length, 'rule') : act.of.length}`))
}

/** What it did. */
export function didDo({ created, changed, deleted }: Counts): string {
  const parts = [created.length > 0 && `${plural(created.length, 'rule')} created`, changed.length > 0 && `${plural(changed.length, 'rule')} changed`, deleted.length > 0 && `${plural(deleted.length, 'rule')} deleted`].filter((part) => part !== false)
  return parts.length > 0 ? `${listed(parts)}.` : 'Nothing had to change.'
}

/** Where a line of a text begins and ends. */
export function lineAt(text: string, line: number): { start: number; end: number } {
  const lines = text.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return { start: Math.min(start, text.length), end: Math.min(start + (lines[line - 1]?.length ?? 0), text.length) }
}
