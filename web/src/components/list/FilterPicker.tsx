import clsx from 'clsx'
import { ArrowLeft, ChevronRight, Plus } from 'lucide-react'
import { useDeferredValue, useRef, useState } from 'react'
import { grouped } from '@/lib/numbers'
import { Mark } from '../ui/Badge'
import { buttonClass, IconButton } from '../ui/Button'
import { Popover } from '../ui/Popover'
import type { ListAddress } from './address'
import type { Filter, Option } from './definition'
import { chosenWords, withCounts } from './options'
import { texts } from './texts'

/** From this many values on there is a field to search them. */
const SEARCHED_FROM = 8
/** So many are shown at once; the rest is found by typing. */
const SHOWN = 100

type Counts = ((filter: string) => ReadonlyMap<string, number>) | undefined

interface ValuesProps<T> {
  filter: Filter<T>
  chosen: readonly string[]
  counts: Counts
  onChoose: (value: string, on: boolean) => void
}

function Value({ option: { value, label, tone, icon, count }, filter, chosen, onChoose }: { option: Option; filter: string; chosen: readonly string[]; onChoose: (on: boolean) => void } & { option: Option }) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-13 hover:bg-surface-2 touch:min-h-11">
      <input type="checkbox" name={filter} value={value} checked={chosen.includes(value)} className="size-4 shrink-0 accent-accent" onChange={(event) => onChoose(event.target.checked)} />
      <span className="min-w-0 flex-1 truncate" title={label}>
        {tone ? (
          <Mark tone={tone} {...(icon && { icon })}>
            {label}
          </Mark>
        ) : (
          label
        )}
      </span>
      {count !== undefined && <span className="text-12 text-text-3">{grouped(count)}</span>}
    </label>
  )
}

/** Why there is nothing to choose. */
function nothing({ takes }: Pick<Filter<never>, 'takes'>, text: string, isLoading: boolean): string {
  if (isLoading) return texts.filter.loading
  return takes?.words ?? (text === '' ? texts.filter.nothing : texts.filter.noMatch({ text }))
}

const noOptions = (): readonly Option[] => []

function Values<T>({ filter, chosen, counts, onChoose }: ValuesProps<T>) {
  const [typed, setTyped] = useState('')
  const { useOptions = noOptions, Maker } = filter
  const asked = useOptions(useDeferredValue(typed.trim()))
  const options = withCounts(filter, asked, counts?.(filter.id), chosen)
  const text = typed.trim()
  const found = options.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
  const isSearched = filter.open === true || options.length >= SEARCHED_FROM
  const takesText = filter.open === true && text !== '' && (filter.takes?.fits(text) ?? true) && !options.some(({ value }) => value === text)
  return (
    <>
      {isSearched && (
        <input
          type="search"
          aria-label={texts.filter.search({ title: filter.title.toLowerCase() })}
          placeholder={texts.filter.searchPlaceholder}
          autoComplete="off"
          spellCheck={false}
          className="mb-1 h-8 w-full rounded-md border border-line bg-surface-1 px-2.5 text-13 touch:h-11"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            const first = found.length === 1 ? found[0]?.value : takesText ? text : undefined
            if (event.key === 'Enter' && first !== undefined) onChoose(first, true)
          }}
        />
      )}
      <fieldset className="min-w-0">
        <legend className="sr-only">{filter.title}</legend>
        {found.slice(0, SHOWN).map((option) => (
          <Value key={option.value} option={option} filter={filter.id} chosen={chosen} onChoose={(on) => onChoose(option.value, on)} />
        ))}
      </fieldset>
      {found.length > SHOWN && <p className="px-2 py-1 text-12 text-text-3">{texts.filter.more({ count: found.length - SHOWN })}</p>}
      {takesText && (
        <button type="button" className="flex min-h-8 w-full items-center rounded-sm px-2 text-left text-13 text-accent-text hover:bg-surface-2 touch:min-h-11" onClick={() => onChoose(text, true)}>
          <span className="truncate">{texts.filter.byText({ text })}</span>
        </button>
      )}
      {found.length === 0 && !takesText && (
        <p role="status" className="px-2 py-2 text-13 text-text-3">
          {nothing(filter, text, asked === undefined)}
        </p>
      )}
      {Maker && <Maker value={chosen[0]} onChoose={(value) => onChoose(value, true)} />}
    </>
  )
}

const toggled = (chosen: readonly string[], value: string, on: boolean): readonly string[] => [...chosen.filter((other) => other !== value), ...(on ? [value] : [])]

interface FilterPickerProps<T> {
  /** As in "Filter peers". */
  label: string
  filters: readonly Filter<T>[]
  address: ListAddress
  counts: Counts
}

/** Adds and changes filters: first which, then to what. Each choice holds at once. */
export function FilterPicker<T>({ label, filters, address, counts }: FilterPickerProps<T>) {
  const only = filters.length === 1 ? filters[0] : undefined
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState<Filter<T> | undefined>(only)
  // All that is chosen while the picker is open is one step back.
  const changed = useRef(false)
  const choose = (filter: Filter<T>, value: string, on: boolean) => {
    address.set(({ filters }) => ({ [filter.id]: filter.several ? toggled(filters[filter.id] ?? [], value, on) : on ? value : undefined }), { replace: changed.current })
    changed.current = true
    if (!filter.several && on) setOpen(false)
  }
  return (
    <Popover
      label={label}
      open={open}
      compact
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) return
        setAt(only)
        changed.current = false
      }}
      trigger={
        <button type="button" className={buttonClass()}>
          <Plus aria-hidden className="size-3.5" />
          {texts.filter.button}
        </button>
      }
    >
      {at ? (
        <>
          <div className="mb-1 flex items-center gap-1 text-13 font-medium">
            {!only && <IconButton label={texts.filter.all} icon={ArrowLeft} onClick={() => setAt(undefined)} />}
            <span className={clsx(only && 'px-2')}>{at.title}</span>
          </div>
          <Values key={at.id} filter={at} chosen={address.filters[at.id] ?? []} counts={counts} onChoose={(value, on) => choose(at, value, on)} />
        </>
      ) : (
        <ul>
          {filters.map((filter) => (
            <li key={filter.id}>
              <button type="button" className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-13 hover:bg-surface-2 touch:min-h-11" onClick={() => setAt(filter)}>
                <span className="flex-1">{filter.title}</span>
                <span className="max-w-32 truncate text-12 text-text-3">{chosenWords(filter, address.filters[filter.id] ?? [])}</span>
                <ChevronRight aria-hidden className="size-3.5 text-text-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
