import { GroupPicker } from '@/components/GroupPicker'
import type { AlertPer } from '@/api/types'
import { SelectField, TextField } from '@/components/ui/Field'
import type { FieldsProps } from './kind'

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

/** What an alert is of, where a condition is met by single peers. `becomes` is what one does, after "peer that". */
export function AlertPerField({ becomes, draft, errorOf, change }: FieldsProps<{ alertPer: AlertPer }> & { becomes: string }) {
  return (
    <SelectField
      label="Open an alert"
      hint={draft.alertPer === 'peer' ? 'One that stays so hides no other. Peers that do so together are one alert and one message.' : 'What comes to it while the alert is open changes its numbers, and tells nobody.'}
      value={draft.alertPer}
      error={errorOf('alertPer')}
      onChange={(event) => change({ alertPer: event.target.value as AlertPer })}
    >
      <option value="peer">For every peer that {becomes}</option>
      <option value="rule">One for all of them</option>
    </SelectField>
  )
}

/** Which peers count. */
export function GroupsField({ draft, accountId, errorOf, change }: FieldsProps<{ groups: string[] }>) {
  return (
    <GroupPicker
      label="Only peers of these groups"
      hint="A peer of any of them counts. With none, all peers do. A group that is renamed later stays watched."
      accountId={accountId || undefined}
      values={draft.groups}
      error={errorOf('groups')}
      onChange={(groups) => change({ groups })}
    />
  )
}
