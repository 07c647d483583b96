import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { ArrowRight } from 'lucide-react'
import type { AccessMatrixGroup } from '@/api/types'
import { listed } from '@/lib/numbers'
import type { Questions } from './address'
import { CellFacts, CellVerdict } from './CellFacts'
import type { Place } from './places'
import { texts } from './texts'

const isTold = ({ cell, state }: Place): boolean => cell !== undefined || state === 'omitted'

function Row({ place, questions }: { place: Place; questions: Questions }) {
  const { from, to } = place
  return (
    <li>
      <Link to="/access" search={questions.search(from, to)} className="flex min-h-11 items-start gap-3 px-4 py-3 hover:bg-surface-2 focus-visible:-outline-offset-2">
        <div className="min-w-0 flex-1">
          <p className="text-14 font-medium wrap-anywhere">{to.name}</p>
          <CellVerdict place={place} />
          <CellFacts place={place} className="mt-1.5" />
        </div>
        <ArrowRight aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
      </Link>
    </li>
  )
}

/** So many are named in a sentence; more are counted, and named by a press. */
const NAMED = 8

/** Groups of which there is no more to tell. */
function Others({ state, places }: { state: 'nothing' | 'nobody'; places: readonly Place[] }) {
  if (places.length === 0) return null
  const names = places.map(({ to }) => to.name)
  const look = 'border-line px-4 py-3 text-13 wrap-anywhere text-text-2 not-first:border-t'
  return places.length <= NAMED ? (
    <p className={look}>{texts.row[state]({ names })}</p>
  ) : (
    <details className={look}>
      <summary className="cursor-pointer touch:py-2">{texts.row[`${state}Count`]({ groups: places.length })}</summary>
      <p className="mt-1 text-text-3">{listed(names)}</p>
    </details>
  )
}

/** The group of this id; else the first from which anything is told. */
export function rowOf(places: readonly (readonly Place[])[], chosen: string | undefined): AccessMatrixGroup | undefined {
  const row = places.find(([place]) => place?.from.id === chosen) ?? places.find((one) => one.some(isTold)) ?? places[0]
  return row?.[0]?.from
}

interface FromChoiceProps {
  places: readonly (readonly Place[])[]
  from: AccessMatrixGroup
  onChoose: (id: string) => void
}

/** A matrix has no room on a phone: which of its rows is shown. */
export function FromChoice({ places, from, onChoose }: FromChoiceProps) {
  return (
    <label className="mb-3 flex items-center gap-2 text-14 text-text-2">
      {texts.row.from}
      <select className="h-11 min-w-0 flex-1 rounded-md border border-line-strong bg-surface-1 px-2.5 text-14 text-text-1" value={from.id} onChange={(event) => onChoose(event.target.value)}>
        {places.flatMap(([place]) => (place ? [<option key={place.from.id} value={place.from.id}>{texts.filters.group(place.from)}</option>] : []))}
      </select>
    </label>
  )
}

interface FromListProps {
  from: AccessMatrixGroup
  row: readonly Place[]
  questions: Questions
  fading: boolean
}

/** One row of the matrix as a list. */
export function FromList({ from, row, questions, fading }: FromListProps) {
  const told = row.filter(isTold)
  const nothing = row.filter(({ state }) => state === 'nothing')
  const nobody = row.filter(({ state }) => state === 'nobody')
  return (
    <section aria-label={texts.row.fromGroup(from)} aria-busy={fading || undefined} className={clsx('rounded-lg border border-line bg-surface-1', fading && 'opacity-50')}>
      {told.length > 0 && (
        <ul className="divide-y divide-line">
          {told.map((place) => (
            <Row key={place.to.id} place={place} questions={questions} />
          ))}
        </ul>
      )}
      <Others state="nothing" places={nothing} />
      <Others state="nobody" places={nobody} />
    </section>
  )
}
