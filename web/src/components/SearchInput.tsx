import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useShortcuts } from '@/lib/shortcuts'
import { texts } from './texts/forms'
import { Kbd } from './ui/Kbd'

const PAUSE_MS = 250
const NO_KEYS = {}

interface SearchInputProps {
  label: string
  placeholder: string
  maxLength?: number | undefined
  value: string
  /** Called after a pause in typing; `goesOn` if the field was not left since it was called before. */
  onSearch: (value: string, goesOn: boolean) => void
  /** Where a page has several, `/` goes to one of them. */
  hasKey?: boolean
}

/** A list's search; `/` goes to it. */
export function SearchInput({ label, placeholder, maxLength, value, onSearch, hasKey = true }: SearchInputProps) {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  const [asked, setAsked] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const searched = useRef(false)
  useShortcuts(hasKey ? { '/': () => input.current?.focus() } : NO_KEYS)
  useEffect(() => () => clearTimeout(timer.current), [])

  if (value !== known) {
    setKnown(value)
    setAsked(undefined)
    // The address changed by other means: back, a chip removed. To what was asked for, it may change while more is typed.
    if (value !== asked) setTyped(value)
  }
  const search = (text: string) => {
    setAsked(text.trim())
    onSearch(text.trim(), searched.current)
    searched.current = true
  }
  return (
    <div className="relative w-full sm:w-56">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts={hasKey ? '/' : undefined}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={false}
        className="h-8 w-full rounded-md border border-line bg-surface-1 pr-8 pl-8.5 text-13 transition-colors hover:border-line-strong touch:h-11 [&::-webkit-search-cancel-button]:hidden"
        value={typed}
        onChange={(event) => {
          const text = event.target.value
          setTyped(text)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => search(text), PAUSE_MS)
        }}
        onBlur={() => {
          searched.current = false
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      {typed ? (
        <button
          type="button"
          aria-label={texts.searchInput.clear}
          className="absolute inset-y-0 right-0 flex w-8 items-center justify-center rounded-md text-text-3 hover:text-text-1"
          onClick={() => {
            clearTimeout(timer.current)
            setTyped('')
            search('')
            input.current?.focus()
          }}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : hasKey ? (
        <span aria-hidden className="pointer-events-none absolute inset-y-0 right-2 hidden items-center sm:flex">
          <Kbd>/</Kbd>
        </span>
      ) : null}
    </div>
  )
}
