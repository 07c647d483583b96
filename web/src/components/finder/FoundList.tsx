import { OptionRow } from '@/components/ui/OptionRow'
import { listed } from '@/lib/numbers'
import type { Found, FoundKind } from '@/queries/found'
import { KINDS } from './kinds'
import type { Finder } from './useFinder'
import { texts } from './texts'

interface OptionProps {
  id: string
  thing: Found
  isActive: boolean
  /** Whose it is, where that is not given. */
  account: string | undefined
  onChoose: () => void
}

function Option({ id, thing, isActive, account, onChoose }: OptionProps) {
  const { icon: Icon, word } = KINDS[thing.kind]
  return (
    <OptionRow id={id} isActive={isActive} onChoose={onChoose} className="min-h-9 scroll-my-1 gap-2 hover:bg-surface-2">
      <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      <span className="min-w-0 flex-1 truncate" title={thing.name}>
        {thing.name}
      </span>
      <span className="max-w-1/2 shrink-0 truncate text-12 text-text-3">{[thing.note, account].filter(Boolean).join(' · ')}</span>
      <span className="sr-only">, {word.toLowerCase()}</span>
    </OptionRow>
  )
}

interface FoundListProps<Kind extends FoundKind> {
  finder: Finder<Kind>
  label: string
  /** Of several accounts it is said whose each is. */
  ofOneAccount: boolean
}

const NOTE = 'px-2 py-2 text-13'

/** What may be chosen, by kind, below its field. */
export function FoundList<Kind extends FoundKind>({ finder, label, ofOneAccount }: FoundListProps<Kind>) {
  const { kinds, list, listId, activeIndex, isPending, failed, typed, open, choose } = finder
  return (
    <div
      id={listId}
      role="listbox"
      aria-label={label}
      hidden={!open}
      className="absolute top-full left-0 z-20 mt-1 max-h-80 w-full min-w-64 overflow-y-auto rounded-md border border-line bg-surface-1 p-1 shadow-[0_8px_24px_var(--shadow-color)] sm:min-w-80"
    >
      {kinds.map((kind) => {
        const some = list.flatMap((thing, index) => (thing.kind === kind ? [{ thing, index }] : []))
        if (some.length === 0) return null
        return (
          <div key={kind} role="group" aria-labelledby={`${listId}-${kind}`}>
            <div id={`${listId}-${kind}`} role="presentation" className="px-2 pt-2 pb-1 text-12 text-text-3">
              {KINDS[kind].many}
            </div>
            {some.map(({ thing, index }) => (
              <Option
                key={`${thing.accountId} ${thing.id}`}
                id={`${listId}-${index}`}
                thing={thing}
                isActive={index === activeIndex}
                account={ofOneAccount ? undefined : thing.accountName}
                onChoose={() => choose(thing)}
              />
            ))}
          </div>
        )
      })}
      {list.length === 0 && failed.length < kinds.length && (
        <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className={`${NOTE} text-text-3`}>
          {isPending ? texts.searching : typed.trim() === '' ? texts.nothingThere : texts.nothing({ typed: typed.trim() })}
        </div>
      )}
      {failed.length > 0 && (
        <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className={`${NOTE} text-warn-text`}>
          {texts.failed({ kinds: listed(failed.map((kind) => KINDS[kind].many)) })}
        </div>
      )}
    </div>
  )
}
