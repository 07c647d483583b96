import { useId, useState } from 'react'
import { Chips } from './Chips'
import { Field } from './ui/Field'
import { OptionRow } from './ui/OptionRow'

export interface Choice {
  value: string
  /** What it is called, if that is not the value itself. */
  word?: string
  /** What tells it from others. */
  note: string
}

export interface ChipPickerProps {
  label: string
  hint: string
  error?: string | undefined
  values: readonly string[]
  onChange: (values: string[]) => void
  placeholder: string
  typed: string
  onType: (text: string) => void
  /** What may be chosen now. */
  list: readonly Choice[]
  /** What stands there when there is none. */
  none: string
  isBusy: boolean
  /** What is wrong with a text that was typed and is not in the list, if it may not stand as it is. */
  unknown: (text: string) => string | undefined
}

const BETWEEN = /[,;\n]/

/** The part of a text that ends in a comma, and what follows. */
const parts = (text: string): string[] => text.split(BETWEEN).map((part) => part.trim()).filter((part) => part !== '')

/** Several things, each found by typing. Those that are chosen stand before the field. */
export function ChipPicker({ label, hint, error, values, onChange, placeholder, typed, onType, list, none, isBusy, unknown }: ChipPickerProps) {
  const [open, setOpen] = useState(false)
  // A value, not a place: answers that come late move the rows, and Enter takes what is marked.
  const [marked, setMarked] = useState<string>()
  const listId = useId()
  const text = typed.trim()
  const [first] = list
  if (first && first.value !== marked && !list.some(({ value }) => value === marked)) setMarked(first.value)
  const activeIndex = Math.max(0, list.findIndex(({ value }) => value === marked))
  const active = list[activeIndex]
  const add = (more: readonly string[]) => {
    const added = [...new Set(more)].filter((value) => !values.includes(value))
    if (added.length > 0) onChange([...values, ...added])
    onType('')
    setMarked(undefined)
  }
  const mayStand = (value: string): boolean => unknown(value) === undefined || list.some((choice) => choice.value === value)
  const type = (value: string) => {
    // A list that is pasted is taken as one; what must be known may have a comma in its name.
    if (BETWEEN.test(value) && parts(value).every((part) => unknown(part) === undefined)) {
      add(parts(value))
      setOpen(false)
    } else {
      onType(value)
      setMarked(undefined)
      setOpen(true)
    }
  }
  const move = (by: number) => {
    setOpen(true)
    setMarked(list[(activeIndex + by + list.length) % list.length]?.value)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && (open || text !== '')) {
      // Never sends the form while something is being chosen.
      event.preventDefault()
      if (open && active) add([active.value])
      else if (text !== '' && mayStand(text)) add([text])
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Backspace' && typed === '') {
      onChange(values.slice(0, -1))
    }
  }
  const onBlur = () => {
    setOpen(false)
    // What was typed is not lost.
    if (text !== '' && mayStand(text)) add([text])
  }
  const problem = text !== '' && !isBusy && !open && !mayStand(text) ? unknown(text) : undefined
  return (
    <Field label={label} hint={hint} error={error ?? problem} optional>
      {(wiring) => (
        <div className="relative">
          <Chips values={values} onChange={onChange}>
            <input
              {...wiring}
              role="combobox"
              aria-expanded={open}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={open && active ? `${listId}-${activeIndex}` : undefined}
              autoComplete="off"
              spellCheck={false}
              placeholder={values.length === 0 ? placeholder : undefined}
              className="h-6.5 min-w-32 flex-1 bg-transparent px-2 text-14 outline-none touch:h-9"
              value={typed}
              onFocus={() => setOpen(true)}
              onClick={() => setOpen(true)}
              onBlur={onBlur}
              onChange={(event) => type(event.target.value)}
              onKeyDown={onKeyDown}
            />
          </Chips>
          <div
            id={listId}
            role="listbox"
            aria-label={label}
            hidden={!open}
            className="absolute inset-x-0 top-full z-20 mt-1 max-h-64 overflow-y-auto rounded-md border border-line bg-surface-1 p-1 shadow-[0_8px_24px_var(--shadow-color)]"
          >
            {list.map((choice, index) => (
              <Option key={choice.value} id={`${listId}-${index}`} choice={choice} isActive={choice === active} onChoose={() => add([choice.value])} />
            ))}
            {list.length === 0 && (
              <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="px-2 py-1.5 text-13 text-text-3">
                {isBusy ? 'Searching…' : none}
              </div>
            )}
          </div>
        </div>
      )}
    </Field>
  )
}

interface OptionProps {
  id: string
  choice: Choice
  isActive: boolean
  onChoose: () => void
}

function Option({ id, choice: { value, word = value, note }, isActive, onChoose }: OptionProps) {
  return (
    <OptionRow id={id} isActive={isActive} onChoose={onChoose} className="min-h-8 gap-3">
      <span className="min-w-0 flex-1 truncate" title={word}>
        {word}
      </span>
      <span className="max-w-1/2 shrink-0 truncate text-12 text-text-3">{note}</span>
    </OptionRow>
  )
}
