import type { ReactNode } from 'react'
import { given } from '@/queries/pages'
import { useKeepName, useNames, type Found, type FoundKind, type Thing } from '@/queries/found'
import { Chips } from '../Chips'
import { Field } from '../ui/Field'
import { FoundList } from './FoundList'
import { useFinder } from './useFinder'

interface SeveralPickerProps<Kind extends FoundKind> {
  label: string
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  placeholder: string
  kinds: readonly Kind[]
  accountId: string
  /** Only peers of the group of this name. */
  group?: string | undefined
  chosen: readonly Thing<Kind>[]
  onChange: (things: Thing<Kind>[]) => void
}

/** A field of a form that is several things of a network, each found by its name. */
export function SeveralPicker<Kind extends FoundKind>({ label, hint, error, optional = false, placeholder, kinds, accountId, group, chosen, onChange }: SeveralPickerProps<Kind>) {
  const keepName = useKeepName()
  const names = useNames(accountId, chosen)
  const isThe = ({ kind, id }: Thing<Kind>) => (other: Thing<Kind>) => other.kind === kind && other.id === id
  const finder = useFinder({
    kinds,
    filters: given({ accountId, group }),
    isChosen: (thing) => chosen.some(isThe(thing)),
    onChoose: (thing: Found<Kind>) => {
      keepName(thing)
      onChange([...chosen, { kind: thing.kind, id: thing.id }])
    },
  })
  const wordOf = (value: string): string => {
    const index = chosen.findIndex(({ id }) => id === value)
    const name = names[index]
    return name ?? (name === null ? `${value} (gone)` : '…')
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <div className="relative">
          <Chips values={chosen.map(({ id }) => id)} word={wordOf} onChange={(left) => onChange(chosen.filter(({ id }) => left.includes(id)))}>
            <input
              {...finder.combobox}
              {...wiring}
              placeholder={chosen.length === 0 ? placeholder : undefined}
              className="h-6.5 min-w-32 flex-1 bg-transparent px-2 text-14 outline-none touch:h-9"
              value={finder.typed}
              onFocus={finder.show}
              onClick={finder.show}
              onBlur={finder.close}
              onChange={({ target: { value } }) => finder.type(value)}
              onKeyDown={(event) => {
                if (event.key === 'Backspace' && finder.typed === '') onChange(chosen.slice(0, -1))
                else finder.onKeyDown(event)
              }}
            />
          </Chips>
          <FoundList finder={finder} label={label} ofOneAccount />
        </div>
      )}
    </Field>
  )
}
