import { GroupPicker } from '@/components/GroupPicker'
import { TextField } from '@/components/ui/Field'
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
