import clsx from 'clsx'
import { ChevronDown, CircleDashed } from 'lucide-react'
import type { FindFilters, Found, FoundKind, Thing } from '@/queries/found'
import { FoundList } from './FoundList'
import { KINDS } from './kinds'
import { useFinder } from './useFinder'
import { texts } from './texts'

interface OneInputProps<Kind extends FoundKind> {
  /** Names the list; the field's own label stands where the page wants it. */
  label: string
  wiring: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }
  placeholder: string
  kinds: readonly Kind[]
  /** Only what this account has; of all, with whose it is, where it is not known. */
  filters: Omit<FindFilters, 'search'>
  chosen: Thing<Kind> | undefined
  /** What the chosen one is called, as soon as that is known; null if there is no such thing. */
  name: string | null | undefined
  onChoose: (thing: Found<Kind>) => void
}

/** One thing, found by name among what may stand there. */
export function OneInput<Kind extends FoundKind>({ label, wiring, placeholder, kinds, filters, chosen, name, onChoose }: OneInputProps<Kind>) {
  const finder = useFinder({ kinds, filters, onChoose })
  const { open, typed, combobox } = finder
  const { icon: Icon, word } = chosen ? KINDS[chosen.kind] : { icon: CircleDashed, word: '' }
  const shown = chosen ? (name ?? (name === null ? texts.gone({ id: chosen.id }) : '')) : ''
  const { id } = wiring
  return (
    <div className="relative min-w-0 flex-1">
      <Icon aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3" />
      <input
        {...combobox}
        {...wiring}
        aria-describedby={[chosen && `${id}-kind`, wiring['aria-describedby']].filter(Boolean).join(' ') || undefined}
        placeholder={open && shown !== '' ? shown : chosen && !open ? texts.readingName : placeholder}
        className={clsx('h-9 w-full rounded-md border border-line-strong bg-surface-1 pl-8.5 text-14 text-ellipsis text-text-1 transition-colors placeholder:text-text-3 hover:border-text-3 aria-invalid:border-bad-text touch:h-11', chosen && !open ? 'pr-24' : 'pr-8')}
        value={open ? typed : shown}
        title={open ? undefined : shown || undefined}
        onFocus={(event) => event.target.select()}
        onClick={finder.show}
        onBlur={finder.close}
        onChange={({ target: { value } }) => {
          // A search begins anew, not behind the name of what was chosen.
          finder.type(!open && value.startsWith(shown) ? value.slice(shown.length) : value)
        }}
        onKeyDown={finder.onKeyDown}
      />
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-text-3" />
      {chosen && (
        <span id={`${id}-kind`} className={clsx('pointer-events-none absolute top-1/2 right-8 -translate-y-1/2 text-12 text-text-3', open && 'sr-only')}>
          {word}
        </span>
      )}
      <FoundList finder={finder} label={label} ofOneAccount={filters.accountId !== undefined} />
    </div>
  )
}
