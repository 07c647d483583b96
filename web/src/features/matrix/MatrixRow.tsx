import clsx from 'clsx'
import { ShieldMinus } from 'lucide-react'
import { memo } from 'react'
import { SOFT_TONE } from '@/components/ui/Badge'
import type { Questions } from './address'
import { lookOf } from './looks'
import { inWords, type Place } from './places'
import { texts } from './texts'

/** Empty places are most of a matrix: their marks are no louder than a line. */
const QUIET = new Set(['nothing', 'nobody'])

interface CellProps {
  place: Place
  row: number
  column: number
  /** Of a side of a place, in pixels. */
  size: number
  isStop: boolean
  questions: Questions
}

/** Of those that stay on screen while the matrix is scrolled, none is made anew. */
const Cell = memo(function Cell({ place, row, column, size, isStop, questions }: CellProps) {
  const { icon: Icon, tone } = lookOf(place.state)
  const isQuiet = QUIET.has(place.state)
  return (
    <div role="gridcell" aria-colindex={column + 2} className="absolute inset-y-0 p-px" style={{ left: `calc(var(--heading) + ${column * size}px)`, width: size }}>
      <a
        href={questions.href(place.from, place.to)}
        aria-label={inWords(place)}
        data-at={`${row},${column}`}
        tabIndex={isStop ? 0 : -1}
        className={clsx('relative flex size-full items-center justify-center rounded-sm -outline-offset-2', isQuiet ? 'text-text-3 hover:bg-surface-2' : SOFT_TONE[tone])}
      >
        <Icon aria-hidden className={isQuiet ? 'size-3' : 'size-4'} />
        {place.cell?.drops && <ShieldMinus aria-hidden className="absolute top-0.5 right-0.5 size-2.5 text-warn-text" />}
      </a>
    </div>
  )
})

interface MatrixRowProps {
  places: readonly Place[]
  row: number
  size: number
  /** Of its places those that are on screen. */
  first: number
  last: number
  /** The column of the place that Tab comes to, if it is in this row. */
  stop: number | undefined
  isMeant: boolean
  questions: Questions
}

/** Made anew only when what is on screen of it changes. */
export const MatrixRow = memo(function MatrixRow({ places, row, size, first, last, stop, isMeant, questions }: MatrixRowProps) {
  const from = places[0]?.from
  if (!from) return null
  const columns = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  if (stop !== undefined && (stop < first || stop > last)) columns.push(stop)
  return (
    <div role="row" aria-rowindex={row + 2} className="absolute inset-x-0" style={{ top: row * size, height: size }}>
      <div role="rowheader" aria-colindex={1} className="sticky left-0 z-10 h-full w-(--heading) border-r border-line bg-surface-1 py-px">
        <span title={texts.group(from)} className={clsx('flex h-full items-center rounded-sm px-2 text-13', isMeant ? 'bg-surface-2 text-text-1' : 'text-text-2')}>
          <span className="truncate">{from.name}</span>
        </span>
      </div>
      {columns.map((column) => {
        const place = places[column]
        return place && <Cell key={place.to.id} {...{ place, row, column, size, questions }} isStop={stop === column} />
      })}
    </div>
  )
})
