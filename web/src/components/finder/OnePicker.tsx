import type { ReactNode } from 'react'
import { given } from '@/queries/pages'
import { useKeepName, useName, type Found, type FoundKind, type Thing } from '@/queries/found'
import { Field } from '../ui/Field'
import { OneInput } from './OneInput'

interface OnePickerProps<Kind extends FoundKind> {
  label: string
  hint?: ReactNode
  error?: string | undefined
  placeholder: string
  kinds: readonly Kind[]
  /** Whose; undefined for what any account has. */
  accountId: string | undefined
  chosen: Thing<Kind> | undefined
  onChoose: (thing: Found<Kind>) => void
}

/** A field of a form that is one thing of a network, found by its name. */
export function OnePicker<Kind extends FoundKind>({ label, hint, error, placeholder, kinds, accountId, chosen, onChoose }: OnePickerProps<Kind>) {
  const keepName = useKeepName()
  const name = useName(accountId, chosen)
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <OneInput
          {...{ label, wiring, placeholder, kinds, chosen, name }}
          filters={given({ accountId })}
          onChoose={(thing) => {
            keepName(thing)
            onChoose(thing)
          }}
        />
      )}
    </Field>
  )
}
