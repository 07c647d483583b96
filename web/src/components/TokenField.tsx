import { useId, useState } from 'react'
import { Chips } from './Chips'
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
        <Chips values={values} onChange={onChange}>
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
        </Chips>
      )}
    </Field>
  )
}
