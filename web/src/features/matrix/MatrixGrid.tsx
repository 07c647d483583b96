import clsx from 'clsx'
import { ShieldMinus } from 'lucide-react'
import { memo, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { SOFT_TONE } from '@/components/ui/Badge'
import { plural } from '@/lib/numbers'
import type { Questions } from './address'
import { CellCard } from './CellCard'
import { lookOf } from './looks'
import { inWords, type Place } from './places'
import { useCard, type At } from './useCard'
import { stepOf } from './walk'

const HEADING = 'bg-surface-1 p-0 text-13 font-normal'

/** Empty places are most of a matrix: their marks are no louder than a line. */
const QUIET = new Set(['nothing', 'nobody'])

interface CellProps {
  place: Place
  at: At
  isStop: boolean
  questions: Questions
}

function Cell({ place, at: { row, column }, isStop, questions }: CellProps) {
  const { icon: Icon, tone } = lookOf(place.state)
  const isQuiet = QUIET.has(place.state)
  return (
    <td role="gridcell" aria-colindex={column + 2} className="p-px">
      <a
        href={questions.href(place.from, place.to)}
        aria-label={inWords(place)}
        data-at={`${row},${column}`}
        tabIndex={isStop ? 0 : -1}
        className={clsx('relative flex size-8 items-center justify-center rounded-sm -outline-offset-2 touch:size-11', isQuiet ? 'text-text-3 hover:bg-surface-2' : SOFT_TONE[tone])}
      >
        <Icon aria-hidden className={isQuiet ? 'size-3' : 'size-4'} />
        {place.cell?.drops && <ShieldMinus aria-hidden className="absolute top-0.5 right-0.5 size-2.5 text-warn-text" />}
      </a>
    </td>
  )
}

interface RowProps {
  places: readonly Place[]
  row: number
  /** The column of the place that Tab comes to, if it is in this row. */
  stop: number | undefined
  isMeant: boolean
  questions: Questions
}

/** A walk changes two rows: the others are not made anew. */
const Row = memo(function Row({ places, row, stop, isMeant, questions }: RowProps) {
  const from = places[0]?.from
  if (!from) return null
  return (
    <tr aria-rowindex={row + 2}>
      <th scope="row" aria-colindex={1} className={clsx(HEADING, 'sticky left-0 z-10 border-r border-line')}>
        <span title={`${from.name}, ${plural(from.peers, 'peer')}`} className={clsx('flex h-8 max-w-40 min-w-36 items-center rounded-sm px-2 md:max-w-80 touch:h-11', isMeant ? 'bg-surface-2 text-text-1' : 'text-text-2')}>
          <span className="truncate">{from.name}</span>
        </span>
      </th>
      {places.map((place, column) => (
        <Cell key={place.to.id} place={place} at={{ row, column }} isStop={stop === column} questions={questions} />
      ))}
    </tr>
  )
})

const atOf = (target: EventTarget): At | undefined => {
  const [row, column] = ((target as Element).closest<HTMLElement>('[data-at]')?.dataset.at ?? '').split(',').map(Number)
  return row === undefined || column === undefined ? undefined : { row, column }
}

interface MatrixGridProps {
  places: readonly (readonly Place[])[]
  account: string
  questions: Questions
  /** What is shown is of the choice before. */
  fading: boolean
}

/** Who opens connections in rows, who is reached in columns; both headings stay while the rest is scrolled. */
export function MatrixGrid({ places, account, questions, fading }: MatrixGridProps) {
  const [stop, setStop] = useState<At>({ row: 0, column: 0 })
  const { card, show, soon, stop: stopTimer } = useCard()
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const corner = useRef<HTMLTableCellElement>(null)
  const cardBox = useRef<HTMLDivElement>(null)
  const count = places.length
  const tab = { row: Math.min(stop.row, count - 1), column: Math.min(stop.column, count - 1) }
  const elementAt = ({ row, column }: At) => scroller?.querySelector<HTMLElement>(`[data-at="${row},${column}"]`) ?? null
  const anchor = card && elementAt(card)
  const place = card && places[card.row]?.[card.column]

  // What is walked to is not hidden below the headings.
  useLayoutEffect(() => {
    const heading = corner.current
    heading?.closest('div')?.style.setProperty('scroll-padding', `${heading.offsetHeight + 4}px 4px 4px ${heading.offsetWidth + 4}px`)
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const at = atOf(event.target)
    if (!at || event.altKey) return
    if (event.key === 'Escape') {
      show(undefined)
      return
    }
    if (event.key === ' ') {
      event.preventDefault()
      show(at)
      // It is there once the card is, which is shown by the focus already but after Escape.
      requestAnimationFrame(() => cardBox.current?.querySelector('a')?.focus())
      return
    }
    const next = stepOf(event, at, count)
    if (!next) return
    event.preventDefault()
    elementAt(next)?.focus()
  }

  const onClick = (event: MouseEvent) => {
    const at = atOf(event.target)
    const asked = at && places[at.row]?.[at.column]
    // With a key held the browser opens the link elsewhere, as any.
    if (!asked || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    questions.ask(asked.from, asked.to)
  }

  const onPointerOver = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse') return
    const at = atOf(event.target)
    if (at) soon(at)
  }

  /** Between the matrix and its card the focus stays within both. */
  const isWithin = (target: EventTarget | null) => target instanceof Node && (scroller?.contains(target) === true || cardBox.current?.contains(target) === true)

  return (
    <div ref={setScroller} className={clsx('relative max-h-[max(24rem,calc(100dvh-15rem))] w-fit max-w-full overflow-auto overscroll-contain rounded-lg border border-line bg-surface-1 pr-1 pb-1 transition-opacity', fading && 'opacity-50')} aria-busy={fading || undefined}>
      <table
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its places are walked by arrow keys
        role="grid"
        aria-label="Who reaches whom"
        aria-rowcount={count + 1}
        aria-colcount={count + 1}
        aria-readonly
        className="border-separate border-spacing-0"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerOver={onPointerOver}
        onPointerLeave={(event) => event.pointerType === 'mouse' && soon(undefined)}
        onFocus={(event) => {
          const at = atOf(event.target)
          if (!at) return
          setStop(at)
          // A press goes on to the question: a card would be in its way.
          if (event.target.matches(':focus-visible')) show(at)
        }}
        onBlur={(event) => !isWithin(event.relatedTarget) && show(undefined)}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th ref={corner} aria-colindex={1} className={clsx(HEADING, 'sticky top-0 left-0 z-20 border-r border-b border-line align-bottom')}>
              <span className="flex items-end justify-between px-2 pb-1.5 text-12 text-text-3">
                <span>From ↓</span>
                <span>To →</span>
              </span>
            </th>
            {places[0]?.map(({ to }, column) => (
              <th key={to.id} scope="col" aria-colindex={column + 2} className={clsx(HEADING, 'sticky top-0 z-10 border-b border-line px-px align-bottom')}>
                <span title={`${to.name}, ${plural(to.peers, 'peer')}`} className={clsx('flex w-8 items-center justify-center rounded-sm py-2 touch:w-11', card?.column === column ? 'bg-surface-2 text-text-1' : 'text-text-2')}>
                  {/* From below upwards, as on a map's margin. */}
                  <span className="max-h-[min(19rem,30dvh)] rotate-180 truncate [writing-mode:vertical-rl]">{to.name}</span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((row, index) => (
            <Row key={row[0]?.from.id ?? index} places={row} row={index} stop={tab.row === index ? tab.column : undefined} isMeant={card?.row === index} questions={questions} />
          ))}
        </tbody>
      </table>
      {place && anchor && (
        <CellCard
          ref={cardBox}
          {...{ place, anchor, account, questions }}
          onPointerEnter={stopTimer}
          onPointerLeave={(event) => event.pointerType === 'mouse' && !cardBox.current?.contains(document.activeElement) && soon(undefined)}
          onBlur={(event) => !isWithin(event.relatedTarget) && show(undefined)}
          onEscape={() => {
            const had = cardBox.current?.contains(document.activeElement)
            show(undefined)
            if (had) anchor.focus()
          }}
        />
      )}
    </div>
  )
}
