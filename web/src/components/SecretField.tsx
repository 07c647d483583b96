import { useState, type ReactNode } from 'react'
import { phrase } from '@/lib/phrase'
import { texts } from './texts/channels'
import { Button } from './ui/Button'
import { PasswordField, TextField } from './ui/Field'

interface SecretFieldProps {
  label: string
  hint?: string | undefined
  error?: string | undefined
  optional?: boolean
  placeholder?: string | undefined
  /** What is shown of the one that there is, such as its last characters. */
  kept: string | undefined
  maxLength?: number | undefined
  /** It is an address: it can be read while it is entered. */
  isAddress?: boolean
  value: string
  onChange: (value: string) => void
  /** Where it goes without one, too. */
  removal?: { isRemoved: boolean; onRemove: (isRemoved: boolean) => void }
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

/** What there is already, and what can be done about it. */
function Kept({ label, kept, removal, onReplace }: Pick<SecretFieldProps, 'label' | 'removal'> & { kept: string; onReplace: () => void }) {
  const named = { label: lower(label), hidden: (words: ReactNode) => <span className="sr-only">{words}</span> }
  return (
    <div className="flex flex-col gap-1">
      <p className="text-13 font-medium">{label}</p>
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
        {removal?.isRemoved ? <p className="text-13 text-text-2">{texts.secretField.takenAway}</p> : <code className="font-mono text-13 wrap-anywhere text-text-2">{kept}</code>}
        <Button onClick={onReplace}>{phrase(texts.secretField.replace, named)}</Button>
        {removal && (
          <Button variant="quiet" onClick={() => removal.onRemove(!removal.isRemoved)}>
            {phrase(removal.isRemoved ? texts.secretField.keep : texts.secretField.takeAway, named)}
          </Button>
        )}
      </div>
      <p className="min-h-4 text-12 text-text-3">{texts.secretField.hint}</p>
    </div>
  )
}

/** What is entered once, such as a key: of the one that there is only a hint is shown, until it is to be replaced. */
export function SecretField({ label, hint, kept, isAddress = false, removal, onChange, ...field }: SecretFieldProps) {
  const [replaces, setReplaces] = useState(false)
  if (kept !== undefined && !replaces && field.error === undefined && field.value === '') {
    return <Kept {...{ label, kept }} {...(removal && { removal })} onReplace={() => setReplaces(true)} />
  }
  const input = {
    ...field,
    label,
    hint,
    className: 'min-w-0 self-stretch sm:flex-1',
    autoComplete: 'off',
    spellCheck: false,
    // Somebody has just asked for the field.
    autoFocus: replaces,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value),
  }
  return (
    <div className="flex flex-col items-start gap-x-2 gap-y-1 sm:flex-row">
      {isAddress ? <TextField type="url" inputMode="url" {...input} /> : <PasswordField {...input} />}
      {kept !== undefined && (
        <Button
          variant="quiet"
          className="sm:mt-6"
          onClick={() => {
            setReplaces(false)
            onChange('')
          }}
        >
          {texts.secretField.keepOld}
        </Button>
      )}
    </div>
  )
}
