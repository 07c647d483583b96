import type { AlertPer } from '@/api/types'
import { SelectField, TextField } from '@/components/ui/Field'
import type { FieldsProps } from './kind'
import { texts } from './texts'

type NumberKey<Draft> = { [Key in keyof Draft]: Draft[Key] extends string ? Key : never }[keyof Draft] & string

interface NumberFieldProps<Draft> extends FieldsProps<Draft> {
  of: NumberKey<Draft>
  label: string
  hint?: string
}

/** A whole number of a condition. */
export function NumberField<Draft>({ of, label, hint, draft, errorOf, change }: NumberFieldProps<Draft>) {
  return (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      value={draft[of] as string}
      error={errorOf(of)}
      onChange={(event) => change({ [of]: event.target.value } as Partial<Draft>)}
    />
  )
}

const HINTS: Record<AlertPer, string> = {
  peer: texts.fields.peer,
  group: texts.fields.group,
  rule: texts.fields.rule,
}

interface AlertPerFieldProps extends FieldsProps<{ alertPer: AlertPer; groups: string[] }> {
  /** What one does, after "peer that"; without it no alert is of single peers. */
  becomes?: string
}

/** What an alert is of: of single peers, of each group that is named, or of all. */
export function AlertPerField({ becomes, draft, errorOf, change }: AlertPerFieldProps) {
  const { alertPer, groups } = draft
  // Where there are no single peers to tell of, there is a choice between several groups alone.
  if (becomes === undefined && groups.length < 2 && alertPer !== 'group') return null
  const chosen = becomes === undefined && alertPer === 'peer' ? 'rule' : alertPer
  return (
    <SelectField label={texts.fields.openAlert} hint={HINTS[chosen]} value={chosen} error={errorOf('alertPer')} onChange={(event) => change({ alertPer: event.target.value as AlertPer })}>
      {becomes !== undefined && <option value="peer">{texts.fields.forEveryPeer({ becomes })}</option>}
      <option value="group">{texts.fields.forEveryGroupBy}</option>
      <option value="rule">{texts.fields.oneForAllThem}</option>
    </SelectField>
  )
}
