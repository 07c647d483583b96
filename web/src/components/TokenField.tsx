import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { Field } from './ui/Field'

interface TokenFieldProps {
  label: string
  hint?: string
  error?: string | undefined
  optional?: boolean
  placeholder?: string
  inputMode?: 'email' | 'text'
  values: readonly string[]
  suggestions?: readonly string[]
  onChange: (values: string[]) => void
}

/** Several short texts: typed, pasted as a list, or chosen from suggestions. */
export function TokenField({ label, hint, error, optional, placeholder, inputMode = 'text', values, suggestions = [], onChange }: TokenFieldProps) {
  const [typed, setTyped] = useState('')
  const listId = useId()
  const add = (text: string) => {
    const more = text.split(/[,;\n]/).map((part) => part.trim()).filter((part) => part !== '' && !values.includes(part))
    if (more.length > 0) onChange([...values, ...new Set(more)])
    setTyped('')
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wiring) => (
        <div className="flex flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface-1 p-1 transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-text hover:border-text-3 has-aria-invalid:border-bad-text">
          {values.map((value) => (
            <span key={value} className="inline-flex h-6.5 max-w-full items-center gap-1 rounded-sm bg-surface-2 pl-2 text-13 touch:h-9">
              <span className="truncate">{value}</span>
              <button
                type="button"
                aria-label={`Remove ${value}`}
                className="flex h-full w-6 items-center justify-center rounded-sm text-text-3 hover:text-text-1 touch:w-9"
                onClick={() => onChange(values.filter((other) => other !== value))}
              >
                <X aria-hidden className="size-3" />
              </button>
            </span>
          ))}
          <input
            {...wiring}
            list={listId}
            inputMode={inputMode}
            autoComplete="off"
            spellCheck={false}
            placeholder={values.length === 0 ? placeholder : undefined}
            className="h-6.5 min-w-32 flex-1 bg-transparent px-2 text-14 outline-none touch:h-9"
            value={typed}
            onChange={(event) => {
              const text = event.target.value
              // A suggestion that is chosen comes at once; one that is typed may be the beginning of a longer name.
              const isChosen = !(event.nativeEvent instanceof InputEvent) || event.nativeEvent.inputType === 'insertReplacementText'
              if (/[,;\n]/.test(text) || (isChosen && suggestions.includes(text))) add(text)
              else setTyped(text)
            }}
            onBlur={() => add(typed)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && typed.trim() !== '') {
                event.preventDefault()
                add(typed)
              } else if (event.key === 'Backspace' && typed === '') {
                onChange(values.slice(0, -1))
              }
            }}
          />
          <datalist id={listId}>
            {suggestions
              .filter((suggestion) => !values.includes(suggestion))
              .map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  )
}
