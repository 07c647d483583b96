import { Search } from 'lucide-react'
import { useState } from 'react'
import { texts } from './texts/forms'
import { Checkbox, FieldMessage } from './ui/Field'

interface ChoicesProps<Value extends string> {
  title: string
  options: readonly { value: Value; label: string }[]
  chosen: readonly Value[]
  onChange: (chosen: Value[]) => void
  /** Few enough to stand beside each other. */
  row?: boolean
  error?: string | undefined
}

/** More than that are searched. */
const SEEN_AT_ONCE = 8

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Any of several things. */
export function Choices<Value extends string>({ title, options, chosen, onChange, row = false, error }: ChoicesProps<Value>) {
  const [typed, setTyped] = useState('')
  const isSearched = !row && options.length > SEEN_AT_ONCE
  const words = plain(typed.trim())
  const shown = isSearched && words !== '' ? options.filter(({ label }) => plain(label).includes(words)) : options
  return (
    <fieldset className="min-w-0">
      <legend className="text-13 font-medium">{title}</legend>
      {isSearched && (
        <div className="relative mt-1">
          <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3" />
          <input
            type="search"
            aria-label={texts.choices.search({ title: title.toLowerCase() })}
            placeholder={texts.choices.placeholder}
            autoComplete="off"
            className="h-8 w-full rounded-md border border-line bg-surface-1 pr-3 pl-8.5 text-13 transition-colors hover:border-line-strong touch:h-11"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              // Never sends the form that it is in.
              if (event.key === 'Enter') event.preventDefault()
            }}
          />
        </div>
      )}
      <div className={row ? 'mt-1 flex flex-wrap gap-x-5' : 'mt-1 max-h-44 overflow-y-auto'}>
        {shown.map(({ value, label }) => (
          <Checkbox key={value} label={<span className="min-w-0 break-words">{label}</span>} checked={chosen.includes(value)} onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value))} />
        ))}
        {shown.length === 0 && typed !== '' && <p className="py-1 text-13 text-text-3">{texts.choices.noneMatches}</p>}
      </div>
      {error && <FieldMessage>{error}</FieldMessage>}
    </fieldset>
  )
}

/** What is there, and what was chosen before and is gone. */
export function optionsOf(there: readonly { id: string; name: string }[], chosen: readonly string[], gone: string): { value: string; label: string }[] {
  const lost = chosen.filter((id) => there.every((one) => one.id !== id)).map((value) => ({ value, label: gone }))
  return [...there.map(({ id, name }) => ({ value: id, label: name })), ...lost]
}
