import clsx from 'clsx'
import { ChevronDown, CircleDashed } from 'lucide-react'
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import type { End, EndKind } from '@/lib/accessEnds'
import { listed } from '@/lib/numbers'
import { given } from '@/queries/pages'
import { useFoundEnds, type FoundEnd } from '@/queries/access'
import { ENDS } from './ends'

interface EndPickerProps {
  /** The word of the sentence before it: it names the field. */
  label: string
  placeholder: string
  kinds: readonly EndKind[]
  /** Only what this account has; of all, with whose it is, where it is not known. */
  accountId: string | undefined
  chosen: End | undefined
  /** What the chosen one is called, as soon as that is known; null if there is no such thing. */
  name: string | null | undefined
  error: string | undefined
  errorId: string
  onChoose: (end: FoundEnd) => void
}

interface OptionProps {
  id: string
  end: FoundEnd
  isActive: boolean
  /** Whose it is, where that is not given. */
  account: string | undefined
  onChoose: () => void
}

function Option({ id, end, isActive, account, onChoose }: OptionProps) {
  const { icon: Icon, word } = ENDS[end.kind]
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // The keys are those of the field, which has the focus.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={clsx('flex min-h-9 cursor-pointer scroll-my-1 items-center gap-2 rounded-sm px-2 text-13 hover:bg-surface-2 touch:min-h-11', isActive && 'bg-accent-soft')}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      <span className="min-w-0 flex-1 truncate" title={end.name}>
        {end.name}
      </span>
      <span className="max-w-1/2 shrink-0 truncate text-12 text-text-3">{[end.note, account].filter(Boolean).join(' · ')}</span>
      <span className="sr-only">, {word.toLowerCase()}</span>
    </div>
  )
}

/** One side of the question: found by name among what may stand there. */
export function EndPicker({ label, placeholder, kinds, accountId, chosen, name, error, errorId, onChoose }: EndPickerProps) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const id = useId()
  const listId = useId()
  const search = useDeferredValue(typed.trim())
  const { found, isPending, failed } = useFoundEnds(kinds, given({ search, accountId }), open)
  // Until the answer is there, what was found before is narrowed: a choice that is pressed does not move away.
  const text = typed.trim().toLowerCase()
  const list = isPending ? found.filter((end) => `${end.name} ${end.note}`.toLowerCase().includes(text)) : found
  const activeIndex = Math.min(place, list.length - 1)
  const active = list[activeIndex]
  const { icon: Icon, word } = chosen ? ENDS[chosen.kind] : { icon: CircleDashed, word: '' }
  const shown = chosen ? (name ?? (name === null ? `${chosen.id} (gone)` : '')) : ''

  const close = () => {
    setOpen(false)
    setTyped('')
    setPlace(0)
  }
  const choose = (end: FoundEnd) => {
    close()
    onChoose(end)
  }
  const move = (by: number) => {
    setOpen(true)
    if (list.length > 0) setPlace((activeIndex + by + list.length) % list.length)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (open) move(event.key === 'ArrowDown' ? 1 : -1)
      else setOpen(true)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (open && active) choose(active)
      else setOpen(true)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      close()
    }
  }

  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="w-10 shrink-0 text-14 text-text-2 lg:w-auto">
        {label}
      </label>
      <div className="relative min-w-0 flex-1">
        <Icon aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3" />
        <input
          id={id}
          type="text"
          role="combobox"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={open && active ? `${listId}-${activeIndex}` : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={[chosen && `${id}-kind`, error && errorId].filter(Boolean).join(' ') || undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={open && shown !== '' ? shown : chosen && !open ? 'Reading its name' : placeholder}
          className={clsx('h-9 w-full rounded-md border border-line-strong bg-surface-1 pl-8.5 text-14 text-ellipsis text-text-1 transition-colors placeholder:text-text-3 hover:border-text-3 aria-invalid:border-bad-text touch:h-11', chosen && !open ? 'pr-24' : 'pr-8')}
          value={open ? typed : shown}
          title={open ? undefined : shown || undefined}
          onFocus={(event) => event.target.select()}
          onClick={() => setOpen(true)}
          onBlur={close}
          onChange={(event) => {
            const { value } = event.target
            // A search begins anew, not behind the name of what was chosen.
            setTyped(!open && value.startsWith(shown) ? value.slice(shown.length) : value)
            setPlace(0)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
        />
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-text-3" />
        {chosen && (
          <span id={`${id}-kind`} className={clsx('pointer-events-none absolute top-1/2 right-8 -translate-y-1/2 text-12 text-text-3', open && 'sr-only')}>
            {word}
          </span>
        )}
        <div
          id={listId}
          role="listbox"
          aria-label={label}
          hidden={!open}
          className="absolute top-full left-0 z-20 mt-1 max-h-80 w-full min-w-64 overflow-y-auto rounded-md border border-line bg-surface-1 p-1 shadow-[0_8px_24px_var(--shadow-color)] sm:min-w-80"
        >
          {kinds.map((kind) => {
            const some = list.flatMap((end, index) => (end.kind === kind ? [{ end, index }] : []))
            if (some.length === 0) return null
            return (
              <div key={kind} role="group" aria-labelledby={`${listId}-${kind}`}>
                <div id={`${listId}-${kind}`} role="presentation" className="px-2 pt-2 pb-1 text-12 text-text-3">
                  {ENDS[kind].many}
                </div>
                {some.map(({ end, index }) => (
                  <Option
                    key={`${end.accountId} ${end.id}`}
                    id={`${listId}-${index}`}
                    end={end}
                    isActive={index === activeIndex}
                    account={accountId === undefined ? end.accountName : undefined}
                    onChoose={() => choose(end)}
                  />
                ))}
              </div>
            )
          })}
          {list.length === 0 && failed.length < kinds.length && (
            <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="px-2 py-2 text-13 text-text-3">
              {isPending ? 'Searching…' : text === '' ? 'There is nothing to choose yet.' : `Nothing is called “${typed.trim()}”.`}
            </div>
          )}
          {failed.length > 0 && (
            <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="px-2 py-2 text-13 text-warn-text">
              {listed(failed.map((kind) => ENDS[kind].many))} could not be searched.
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
