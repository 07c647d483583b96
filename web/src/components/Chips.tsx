import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from './texts/forms'

interface ChipsProps {
  values: readonly string[]
  onChange: (values: string[]) => void
  /** What a value is called, where it is an id. */
  word?: (value: string) => string
  /** What the next one is entered with. */
  children: ReactNode
}

/** The texts that were entered, each with a way to take it back, and what the next one is entered with. */
export function Chips({ values, onChange, word = (value) => value, children }: ChipsProps) {
  return (
    <div className="flex flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface-1 p-1 transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-text hover:border-text-3 has-aria-invalid:border-bad-text">
      {values.map((value) => (
        <span key={value} className="inline-flex h-6.5 max-w-full items-center gap-1 rounded-sm bg-surface-2 pl-2 text-13 touch:h-9">
          <span className="truncate">{word(value)}</span>
          <button
            type="button"
            aria-label={texts.chips.remove({ word: word(value) })}
            className="flex h-full w-6 items-center justify-center rounded-sm text-text-3 hover:text-text-1 touch:w-9"
            onClick={() => onChange(values.filter((other) => other !== value))}
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      {children}
    </div>
  )
}
