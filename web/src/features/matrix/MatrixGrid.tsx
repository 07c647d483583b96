import clsx from 'clsx'
import { useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { flushSync } from 'react-dom'
import type { AccessMatrixGroup } from '@/api/types'
import { useMediaQuery } from '@/lib/mediaQuery'
import type { Questions } from './address'
import { CellCard } from './CellCard'
import { MatrixRow } from './MatrixRow'
import type { Place } from './places'
import { texts } from './texts'
import { useCard, type At } from './useCard'
import { useOnScreen } from './useOnScreen'
import { stepOf } from './walk'

/** Of a side of a place, in pixels: a finger needs more than a pointer. */
const SIZE = 34
const TOUCH_SIZE = 46

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

/** The longest name decides how much room headings have, whichever of them is on screen. */
const lengthOf = (groups: readonly (AccessMatrixGroup | undefined)[]): string => `${Math.max(0, ...groups.map((group) => group?.name.length ?? 0))}ch + 1rem`

function Grid({ places, account, questions, fading, size }: MatrixGridProps & { size: number }) {
  const [stop, setStop] = useState<At>({ row: 0, column: 0 })
  const { card, show, soon, stop: stopTimer } = useCard()
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const cardBox = useRef<HTMLDivElement>(null)
  const count = { rows: places.length, columns: places[0]?.length ?? 0 }
  const seen = useOnScreen({ ...count, size, scroller })
  const tab = { row: Math.min(stop.row, count.rows - 1), column: Math.min(stop.column, count.columns - 1) }
  const elementAt = ({ row, column }: At) => scroller?.querySelector<HTMLElement>(`[data-at="${row},${column}"]`) ?? null
  const anchor = card && elementAt(card)
  const place = card && places[card.row]?.[card.column]

  const headings = { '--heading': `clamp(9rem, ${lengthOf(places.map(([one]) => one?.from))}, min(20rem, 40vw))`, '--top': `clamp(3rem, ${lengthOf(places[0]?.map(({ to }) => to) ?? [])}, min(20rem, 30dvh))` }
  const shown = Array.from({ length: Math.max(0, seen.rows.last - seen.rows.first + 1) }, (_, index) => seen.rows.first + index)
  if (tab.row < seen.rows.first || tab.row > seen.rows.last) shown.push(tab.row)

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
    // A place that is not on screen is there once Tab comes to it.
    flushSync(() => setStop(next))
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
    <div
      ref={setScroller}
      // What is walked to is not hidden below the headings.
      className={clsx('relative max-h-[max(24rem,calc(100dvh-15rem))] w-fit max-w-full scroll-pt-[calc(var(--top)+4px)] scroll-pr-1 scroll-pb-1 scroll-pl-[calc(var(--heading)+4px)] overflow-auto overscroll-contain rounded-lg border border-line bg-surface-1 pr-1 pb-1 text-13 transition-opacity', fading && 'opacity-50')}
      style={headings as CSSProperties}
      aria-busy={fading || undefined}
    >
      <div
        role="grid"
        aria-label={texts.grid}
        aria-rowcount={count.rows + 1}
        aria-colcount={count.columns + 1}
        aria-readonly
        tabIndex={-1}
        style={{ width: `calc(var(--heading) + ${count.columns * size}px)` }}
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
        <div role="row" aria-rowindex={1} className="sticky top-0 z-20 flex h-(--top) border-b border-line bg-surface-1">
          <div role="columnheader" aria-colindex={1} className="sticky left-0 z-10 flex w-(--heading) shrink-0 items-end justify-between border-r border-line bg-surface-1 px-2 pb-1.5 text-12 text-text-3">
            <span>{texts.fromDown}</span>
            <span>{texts.toRight}</span>
          </div>
          {places[0]?.map(({ to }, column) => (
            <div key={to.id} role="columnheader" aria-colindex={column + 2} className="flex shrink-0 items-end px-px" style={{ width: size }}>
              <span title={texts.group(to)} className={clsx('flex max-h-full w-full items-center justify-center rounded-sm py-2', card?.column === column ? 'bg-surface-2 text-text-1' : 'text-text-2')}>
                {/* From below upwards, as on a map's margin. */}
                <span className="max-h-full rotate-180 truncate [writing-mode:vertical-rl]">{to.name}</span>
              </span>
            </div>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: count.rows * size }}>
          {shown.map((row) => {
            const own = places[row]
            return (
              own && (
                <MatrixRow
                  key={own[0]?.from.id ?? row}
                  places={own}
                  {...{ row, size, questions }}
                  {...seen.columns}
                  stop={tab.row === row ? tab.column : undefined}
                  isMeant={card?.row === row}
                />
              )
            )
          })}
        </div>
      </div>
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

/** Who opens connections in rows, who is reached in columns; both headings stay while the rest is scrolled. */
export function MatrixGrid(props: MatrixGridProps) {
  const size = useMediaQuery('(pointer: coarse)') ? TOUCH_SIZE : SIZE
  return <Grid key={size} size={size} {...props} />
}
