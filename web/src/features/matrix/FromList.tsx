import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { listed, plural } from '@/lib/numbers'
import type { Questions } from './address'
import { CellFacts, CellVerdict } from './CellFacts'
import type { Place } from './places'

interface FromListProps {
  places: readonly (readonly Place[])[]
  /** The group whose row it is, by id; else the first of which anything is told. */
  chosen: string | undefined
  questions: Questions
  fading: boolean
  onChoose: (id: string) => void
}

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

/** A matrix has no room on a phone: one of its rows at a time, as a list. */
export function FromList({ places, chosen, questions, fading, onChoose }: FromListProps) {
  const row = places.find(([place]) => place?.from.id === chosen) ?? places.find((one) => one.some(isTold)) ?? places[0]
  const from = row?.[0]?.from
  if (!row || !from) return null
  const told = row.filter(isTold)
  const nothing = row.filter(({ state }) => state === 'nothing')
  const nobody = row.filter(({ state }) => state === 'nobody')
  return (
    <div aria-busy={fading || undefined} className={fading ? 'opacity-50' : undefined}>
      <label className="mb-3 flex items-center gap-2 text-14 text-text-2">
        From
        <select className="h-11 min-w-0 flex-1 rounded-md border border-line-strong bg-surface-1 px-2.5 text-14 text-text-1" value={from.id} onChange={(event) => onChoose(event.target.value)}>
          {places.flatMap(([place]) => (place ? [<option key={place.from.id} value={place.from.id}>{`${place.from.name} (${plural(place.from.peers, 'peer')})`}</option>] : []))}
        </select>
      </label>
      <section aria-label={`From ${from.name}`} className="rounded-lg border border-line bg-surface-1">
        {told.length > 0 && (
          <ul className="divide-y divide-line">
            {told.map((place) => (
              <Row key={place.to.id} place={place} questions={questions} />
            ))}
          </ul>
        )}
        {nothing.length > 0 && <p className="border-line px-4 py-3 text-13 wrap-anywhere text-text-2 not-first:border-t">Nothing is open to {listed(nothing.map(({ to }) => to.name))}.</p>}
        {nobody.length > 0 && <p className="border-line px-4 py-3 text-13 wrap-anywhere text-text-3 not-first:border-t">No pair of peers with {listed(nobody.map(({ to }) => to.name))}.</p>}
      </section>
    </div>
  )
}
