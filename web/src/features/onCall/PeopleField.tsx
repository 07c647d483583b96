import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { RotaPerson } from '@/api/types'
import { announce } from '@/components/announcements'
import { Button, IconButton } from '@/components/ui/Button'
import { FieldMessage, SelectField } from '@/components/ui/Field'
import { Absent } from './Absent'
import { hueOf } from './people'
import { usePersonChoices } from './PersonChoices'
import { LIMITS, moved } from './rotaDraft'
import { texts } from './texts'

interface PeopleFieldProps {
  people: readonly RotaPerson[]
  errorOf: (index?: number) => string | undefined
  onChange: (people: RotaPerson[]) => void
}

/** Who takes turns, in order. Alt and an arrow key move a person from any of their buttons. */
export function PeopleField({ people, errorOf, onChange }: PeopleFieldProps) {
  const field = useRef<HTMLFieldSetElement>(null)
  const [chosen, setChosen] = useState('')
  const { others } = usePersonChoices(people)
  const error = errorOf()
  const focus = (id: string, button: string) =>
    requestAnimationFrame(() => {
      const row = field.current?.querySelector(`[data-person="${id}"]`)
      // At an end of the list the same button has nothing to do: its neighbour has the focus.
      const same = row?.querySelector<HTMLElement>(`[data-does=${button}]:not([aria-disabled])`)
      ;(same ?? row?.querySelector<HTMLElement>('[data-does]:not([aria-disabled])'))?.focus()
    })
  const move = (index: number, by: -1 | 1) => {
    const person = people[index]
    if (!person || people[index + by] === undefined) return
    onChange(moved(people, index, by))
    announce(texts.peopleField.number({ name: person.name, index: index + by + 1, people: people.length }))
    focus(person.id, by === -1 ? 'up' : 'down')
  }
  const remove = (index: number) => {
    const rest = people.filter((_, at) => at !== index)
    onChange(rest)
    const next = rest[index] ?? rest.at(-1)
    if (next) focus(next.id, 'remove')
    else requestAnimationFrame(() => field.current?.querySelector('select')?.focus())
  }
  const add = () => {
    const person = others?.find(({ id }) => id === chosen)
    if (!person) return
    onChange([...people, person])
    setChosen('')
  }
  return (
    <fieldset ref={field} className="min-w-0">
      <legend className="text-13 font-medium">{texts.peopleField.peopleInOrder}</legend>
      {people.length > 0 && (
        <ol className="mt-1.5 rounded-md border border-line">
          {people.map((person, index) => (
            <li key={person.id} data-person={person.id} className="border-t border-line first:border-t-0">
              {/* The keys are of its buttons, wherever among them the focus is. */}
              {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
              <div
                className="flex items-center gap-2 py-1 pr-1 pl-3"
                onKeyDown={(event) => {
                  if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
                  event.preventDefault()
                  move(index, event.key === 'ArrowUp' ? -1 : 1)
                }}
              >
                <span aria-hidden style={{ '--person-hue': hueOf(people, person.id) } as React.CSSProperties} className="person inline-flex size-6 shrink-0 items-center justify-center rounded-full text-12 font-semibold">
                  {index + 1}
                </span>
                <span className="min-w-0 flex-1 text-14 wrap-anywhere">
                  {person.name} <Absent person={person} />
                </span>
                <IconButton data-does="up" label={texts.peopleField.moveUp({ name: person.name })} icon={ArrowUp} aria-disabled={index === 0 || undefined} className="aria-disabled:opacity-40" onClick={() => move(index, -1)} />
                <IconButton data-does="down" label={texts.peopleField.moveDown({ name: person.name })} icon={ArrowDown} aria-disabled={index === people.length - 1 || undefined} className="aria-disabled:opacity-40" onClick={() => move(index, 1)} />
                <IconButton data-does="remove" label={texts.peopleField.remove({ name: person.name })} icon={X} onClick={() => remove(index)} />
              </div>
              {errorOf(index) && (
                <div className="px-3 pb-2">
                  <FieldMessage>{errorOf(index)}</FieldMessage>
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      {people.length < LIMITS.people ? (
        <div className="mt-2 flex items-start gap-2">
          <SelectField
            label={people.length === 0 ? texts.peopleField.firstPerson : texts.peopleField.nextPerson}
            className="min-w-0 flex-1"
            hint={others?.length === 0 ? texts.peopleField.allMembersInRota : texts.peopleField.onlyMembersTenantCan}
            value={chosen}
            error={error}
            onChange={(event) => setChosen(event.target.value)}
          >
            <option value="">{texts.peopleField.chooseMember}</option>
            {others?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button icon={Plus} className="mt-5.5 h-9! touch:h-11!" disabled={chosen === ''} onClick={add}>
            {texts.peopleField.add}
          </Button>
        </div>
      ) : (
        <p className="mt-2 text-12 text-text-3">{texts.peopleField.rotaHasAtMost({ people: LIMITS.people })}</p>
      )}
    </fieldset>
  )
}
