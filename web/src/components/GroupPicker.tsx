import clsx from 'clsx'
import { useId, useState } from 'react'
import type { Group } from '@/api/types'
import { listed, plural } from '@/lib/numbers'
import { useFoundGroups } from '@/queries/groups'
import { Chips } from './Chips'
import { TokenField } from './TokenField'
import { Field } from './ui/Field'

interface GroupPickerProps {
  label: string
  hint: string
  error?: string | undefined
  /** Only groups of this account. */
  accountId?: string | undefined
  values: readonly string[]
  onChange: (values: string[]) => void
}

interface Choice {
  name: string
  note: string
}

/** Accounts have groups of the same name: one choice, with what is in each. */
function choices(groups: readonly Group[], isOfOne: boolean): Choice[] {
  const named = new Map<string, Group[]>()
  for (const group of groups) named.set(group.name, [...(named.get(group.name) ?? []), group])
  return [...named].map(([name, all]) => ({
    name,
    note: isOfOne || all.length === 1 ? inOne(all[0], isOfOne) : listed(all.map(({ accountName, peersCount }) => `${peersCount} in ${accountName}`)),
  }))
}

function inOne(group: Group | undefined, isOfOne: boolean): string {
  if (!group) return ''
  const peers = plural(group.peersCount, 'peer')
  return isOfOne ? peers : `${peers} in ${group.accountName}`
}

/** Groups of the connected networks, found by name. Before any network was read, names are typed. */
export function GroupPicker({ accountId, values, onChange, label, hint, error }: GroupPickerProps) {
  const [typed, setTyped] = useState('')
  const of = accountId ? { accountId } : {}
  const all = useFoundGroups(of)
  const found = useFoundGroups({ ...of, search: typed.trim() })
  const accounts = new Set(all.data?.items.map((group) => group.accountId))
  if (all.isError || all.data?.items.length === 0) {
    return <TokenField label={label} optional hint={hint} placeholder="servers, routers" values={values} error={error} onChange={onChange} />
  }
  // Until the answer is there, what was found before is narrowed: a choice that is pressed does not move away.
  const has = typed.trim().toLowerCase()
  const list = choices(found.data?.items ?? [], accounts.size < 2).filter(({ name }) => !values.includes(name) && name.toLowerCase().includes(has))
  return <Picker {...{ label, hint, error, values, onChange, typed, setTyped, list }} isBusy={found.isPending} />
}

interface PickerProps extends Omit<GroupPickerProps, 'accountId'> {
  typed: string
  setTyped: (text: string) => void
  list: readonly Choice[]
  isBusy: boolean
}

function Picker({ label, hint, error, values, onChange, typed, setTyped, list, isBusy }: PickerProps) {
  const [open, setOpen] = useState(false)
  const [place, setPlace] = useState(0)
  const listId = useId()
  const activeIndex = Math.min(place, list.length - 1)
  const active = list[activeIndex]
  const choose = (name: string) => {
    onChange([...values, name])
    setTyped('')
    setPlace(0)
  }
  const move = (by: number) => {
    setOpen(true)
    if (list.length > 0) setPlace((activeIndex + by + list.length) % list.length)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && (open || typed.trim() !== '')) {
      // Never sends the form while a group is being chosen.
      event.preventDefault()
      if (open && active) choose(active.name)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Backspace' && typed === '') {
      onChange(values.slice(0, -1))
    }
  }
  const onBlur = () => {
    setOpen(false)
    const exact = list.find(({ name }) => name === typed.trim())
    if (exact) choose(exact.name)
  }
  const isUnknown = typed.trim() !== '' && !isBusy && !open && !list.some(({ name }) => name === typed.trim())
  return (
    <Field label={label} hint={hint} error={error ?? (isUnknown ? `No group is called “${typed.trim()}”.` : undefined)} optional>
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
              placeholder={values.length === 0 ? 'Search groups' : undefined}
              className="h-6.5 min-w-32 flex-1 bg-transparent px-2 text-14 outline-none touch:h-9"
              value={typed}
              onFocus={() => setOpen(true)}
              onClick={() => setOpen(true)}
              onBlur={onBlur}
              onChange={(event) => {
                setTyped(event.target.value)
                setPlace(0)
                setOpen(true)
              }}
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
            {list.map(({ name, note }, index) => (
              // The keys are those of the field, which has the focus.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={name}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={name === active?.name}
                className={clsx('flex min-h-8 cursor-pointer items-center gap-3 rounded-sm px-2 text-13 touch:min-h-11', name === active?.name && 'bg-accent-soft')}
                // The focus stays in the field, so that several can be chosen.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(name)}
              >
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="shrink-0 text-12 text-text-3">{note}</span>
              </div>
            ))}
            {list.length === 0 && (
              <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="px-2 py-1.5 text-13 text-text-3">
                {isBusy ? 'Searching…' : 'No further group of this name'}
              </div>
            )}
          </div>
        </div>
      )}
    </Field>
  )
}
