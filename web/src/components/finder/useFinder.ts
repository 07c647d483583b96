import { useDeferredValue, useEffect, useEffectEvent, useId, useState } from 'react'
import { given } from '@/queries/pages'
import { useFound, type FindFilters, type Found, type FoundKind } from '@/queries/found'

interface FinderOptions<Kind extends FoundKind> {
  kinds: readonly Kind[]
  filters: Omit<FindFilters, 'search'>
  /** What is not to be chosen, as it is already. */
  isChosen?: (thing: Found<Kind>) => boolean
  onChoose: (thing: Found<Kind>) => void
}

const nameOf = ({ kind, accountId, id }: Found): string => `${kind} ${accountId} ${id}`

/** What a field and its list of things to choose share: both stand where the page wants them. */
export function useFinder<Kind extends FoundKind>({ kinds, filters, isChosen, onChoose }: FinderOptions<Kind>) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  // A thing, not a place: answers that come late move the rows, and Enter takes what is marked.
  const [marked, setMarked] = useState<string>()
  // Enter was pressed before there was anything to choose.
  const [isAwaited, setIsAwaited] = useState(false)
  const listId = useId()
  const search = useDeferredValue(typed.trim())
  const { found, isPending: isSearching, failed } = useFound(kinds, given({ search, ...filters }), open)
  const isPending = isSearching || search !== typed.trim()
  // Until the answer is there, what was found before is narrowed: a choice that is pressed does not move away.
  const text = typed.trim().toLowerCase()
  const fitting = isPending ? found.filter((thing) => `${thing.name} ${thing.note}`.toLowerCase().includes(text)) : found
  const list = isChosen ? fitting.filter((thing) => !isChosen(thing)) : fitting
  const [first] = list
  if (first && nameOf(first) !== marked && !list.some((thing) => nameOf(thing) === marked)) setMarked(nameOf(first))
  const activeIndex = Math.max(0, list.findIndex((thing) => nameOf(thing) === marked))
  const active = list[activeIndex]

  const close = () => {
    setOpen(false)
    setTyped('')
    setMarked(undefined)
    setIsAwaited(false)
  }
  const choose = (thing: Found<Kind>) => {
    close()
    onChoose(thing)
  }
  const settle = useEffectEvent(() => {
    setIsAwaited(false)
    if (active) choose(active)
  })
  useEffect(() => {
    // That an answer has come is no event of this component's.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    if (isAwaited && !isPending) settle()
  }, [isAwaited, isPending])
  const move = (by: number) => {
    setOpen(true)
    setIsAwaited(false)
    const next = list[(activeIndex + by + list.length) % list.length]
    setMarked(next && nameOf(next))
  }
  return {
    kinds,
    list,
    listId,
    activeIndex,
    isPending,
    failed,
    typed,
    open,
    choose,
    close,
    show: () => setOpen(true),
    type: (value: string) => {
      setTyped(value)
      setMarked(undefined)
      setOpen(true)
      setIsAwaited(false)
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        if (open) move(event.key === 'ArrowDown' ? 1 : -1)
        else setOpen(true)
      } else if (event.key === 'Enter') {
        event.preventDefault()
        if (open && active) choose(active)
        else {
          setOpen(true)
          setIsAwaited(open && isPending)
        }
      } else if (event.key === 'Escape' && open) {
        event.stopPropagation()
        close()
      }
    },
    /** For the field, beside its value. */
    combobox: {
      type: 'text',
      role: 'combobox',
      'aria-expanded': open,
      'aria-controls': listId,
      'aria-autocomplete': 'list',
      'aria-activedescendant': open && active ? `${listId}-${activeIndex}` : undefined,
      autoComplete: 'off',
      spellCheck: false,
    },
  } as const
}

export type Finder<Kind extends FoundKind> = ReturnType<typeof useFinder<Kind>>
