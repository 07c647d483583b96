import { Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { AccessChange } from '@/api/types'
import { announce } from '@/components/announcements'
import { Button } from '@/components/ui/Button'
import { Menu, MenuItem } from '@/components/ui/Menu'
import { CHOICES, MOST_CHANGES, type Choice } from '@/lib/tried'
import { ChangeCard } from './ChangeCard'
import { AddForm, EditForm } from './ChangeForm'
import { CHOICE_LOOKS } from '@/components/difference/choices'
import { texts } from './texts'
import type { Tried } from './useTried'

/** The first change: all that can be tried, at a glance. */
function FirstChoice({ onChoose }: { onChoose: (choice: Choice) => void }) {
  return (
    <div role="group" aria-label={texts.list.begin} className="grid gap-2 sm:grid-cols-2 xl:grid-cols-1">
      {CHOICES.map((choice) => {
        const { icon: Icon, title } = CHOICE_LOOKS[choice]
        return (
          <button
            key={choice}
            type="button"
            className="flex min-h-11 items-center gap-2.5 rounded-lg border border-line bg-surface-1 px-3 text-left text-14 transition-colors hover:border-line-strong hover:bg-surface-2"
            onClick={() => onChoose(choice)}
          >
            <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
            {title}
          </button>
        )
      })}
    </div>
  )
}

function AddMenu({ onChoose }: { onChoose: (choice: Choice) => void }) {
  return (
    <Menu
      trigger={
        <Button icon={Plus} data-focus="add">
          {texts.list.add}
        </Button>
      }
    >
      {CHOICES.map((choice) => (
        <MenuItem key={choice} icon={CHOICE_LOOKS[choice].icon} onSelect={() => onChoose(choice)}>
          {CHOICE_LOOKS[choice].title}
        </MenuItem>
      ))}
    </Menu>
  )
}

/** Where the focus goes once the list is what it was made: `up-2`, or the next that is there. */
function useFocusOn() {
  const next = useRef<readonly string[]>([])
  useEffect(() => {
    const found = next.current.map((name) => document.querySelector<HTMLElement>(`[data-focus="${name}"]:not([aria-disabled])`)).find((one) => one !== null)
    if (!found) return
    next.current = []
    found.focus()
  })
  return (...names: string[]) => {
    next.current = names
  }
}

interface ChangeListProps {
  tried: Tried
  accountId: string
  /** What the API finds wrong, by the place of the change. */
  problemsOf: (index: number) => readonly string[]
}

/** Each with the same change keeps its own card. */
function keysOf(changes: readonly AccessChange[]): string[] {
  const seen = new Map<string, number>()
  return changes.map((change) => {
    const text = JSON.stringify(change)
    const nth = seen.get(text) ?? 0
    seen.set(text, nth + 1)
    return `${nth} ${text}`
  })
}

/** The changes that are tried, in the order in which they would be made. */
export function ChangeList({ tried, accountId, problemsOf }: ChangeListProps) {
  const { search, changes, go, set, latest } = tried
  const focusOn = useFocusOn()
  const editing = search.edit === undefined ? undefined : Number(search.edit)
  const keys = keysOf(changes)
  // Whatever names an account's things names that account.
  const here = { of: accountId }

  const choose = (choice: Choice) => go({ ...here, add: choice, about: undefined, edit: undefined })
  const cancel = (then: string) => {
    focusOn(then, 'add')
    go({ add: undefined, about: undefined, edit: undefined })
  }
  const move = (from: number, by: -1 | 1) => {
    const next = [...changes]
    const [moved] = next.splice(from, 1)
    if (!moved) return
    const to = from + by
    next.splice(to, 0, moved)
    focusOn(`${by < 0 ? 'up' : 'down'}-${to}`, `${by < 0 ? 'down' : 'up'}-${to}`)
    set(next)
  }
  const remove = (index: number, text: string) => {
    const removed = changes[index]
    if (!removed) return
    focusOn(`edit-${index}`, `edit-${index - 1}`, 'add')
    set(changes.filter((_, other) => other !== index))
    announce(texts.list.removed({ change: text }), () => {
      focusOn(`edit-${index}`)
      const now = latest.current
      set([...now.slice(0, index), removed, ...now.slice(index)], here)
    })
  }

  return (
    <section aria-label={texts.list.label}>
      {changes.length > 0 && (
        <ol className="flex flex-col gap-2">
          {changes.map((change, index) => (
            <li key={keys[index]}>
              {editing === index ? (
                <EditForm
                  {...{ change, accountId }}
                  onCancel={() => cancel(`edit-${index}`)}
                  onDone={(changed) => {
                    focusOn(`edit-${index}`)
                    set(changes.map((other, place) => (place === index ? changed : other)))
                  }}
                />
              ) : (
                <ChangeCard
                  {...{ change, accountId, index }}
                  count={changes.length}
                  problems={problemsOf(index)}
                  onEdit={() => go({ edit: String(index), add: undefined, about: undefined })}
                  onMove={(by) => move(index, by)}
                  onRemove={(text) => remove(index, text)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      <div className={changes.length > 0 ? 'mt-2' : undefined}>
        {search.add !== undefined ? (
          <AddForm
            key={`${search.add} ${search.about ?? ''}`}
            choice={search.add}
            about={search.about}
            accountId={accountId}
            onAbout={(about) => go({ ...here, about })}
            onCancel={() => cancel('add')}
            onDone={(change) => {
              focusOn('show', 'add')
              set([...changes, change], here)
            }}
          />
        ) : changes.length === 0 ? (
          <FirstChoice onChoose={choose} />
        ) : changes.length < MOST_CHANGES ? (
          <AddMenu onChoose={choose} />
        ) : (
          <p className="text-13 text-text-2">{texts.list.most({ count: MOST_CHANGES })}</p>
        )}
      </div>
    </section>
  )
}
