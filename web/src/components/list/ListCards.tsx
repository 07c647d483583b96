import clsx from 'clsx'
import { useMemo } from 'react'
import { useRowKeys } from '@/lib/rowKeys'
import { useSteadyList, type SteadyRow } from '@/lib/steadyList'
import { WaitingRows } from '../WaitingRows'
import type { Column } from './columns'
import type { ListDefinition } from './definition'
import type { ListProps } from './ListTable'
import { SelectBox } from './SelectBox'
import { texts } from './texts'
import { useVirtualRows } from './useVirtualRows'

const LINE = 20
const GAP = 4
const PADDING = 16

function heightOf<T>({ name, nameLines = 1 }: ListDefinition<T>): number {
  const lines = name.below ? 3 : 2
  return PADDING + (lines - 1 + nameLines) * LINE + (lines - 1) * GAP
}

function CardFact<T>({ column, row }: { column: Column<T>; row: SteadyRow<T> }) {
  const shown = column.cell(row.item, row)
  if (!column.labelled) return shown
  return (
    <>
      {column.title} {shown}
    </>
  )
}

/** A list on a phone: the name with what stands beside it, and a line below. */
export function ListCards<T>({ definition, items: all, columns, sort, onSort, view, fading, onSee, selection, onAcknowledge }: ListProps<T>) {
  const { label, idOf, name, actions, detail, ownHeights = false, nameLines = 1 } = definition
  const steady = useSteadyList(all, idOf, view)
  const height = heightOf(definition)
  const { attach, items, before, after, reveal } = useVirtualRows({ count: steady.rows.length, rowHeight: height, onSee })
  const ids = useMemo(() => steady.rows.map(({ id }) => id), [steady.rows])
  useRowKeys({ ids, reveal, ...(selection && { onSelect: selection.toggle }), ...(onAcknowledge && { onAcknowledge }) })
  const sorts = [name, ...columns].flatMap(({ title, sort: by, newestFirst }) => (by === undefined ? [] : [{ value: newestFirst ? `-${by}` : by, label: title }]))
  const at = (place: 'beside' | 'below' | 'end') => columns.filter(({ card }) => card === place)

  const card = (row: SteadyRow<T>) => (
    <li
      key={row.id}
      id={ownHeights ? row.id : undefined}
      data-row={row.id}
      tabIndex={-1}
      style={ownHeights ? undefined : { height }}
      className={clsx(
        'relative flex scroll-mt-16 items-center gap-3 border-b border-line px-3 outline-offset-[-2px] last:border-b-0 target:bg-accent-soft',
        ownHeights && 'py-3',
        selection?.ids.has(row.id) && 'bg-accent-soft',
        row.gone && 'opacity-50',
      )}
    >
      {selection && <SelectBox label={texts.cards.select({ text: name.text(row.item) })} checked={selection.ids.has(row.id)} onChange={() => selection.toggle(row.id)} />}
      <div className="flex min-w-0 flex-1 flex-col justify-center gap-1">
        <div className="flex items-baseline gap-2">
          <span className={clsx('min-w-0 flex-1 text-14', ownHeights ? 'wrap-anywhere' : nameLines === 1 ? 'truncate' : 'line-clamp-2')}>{name.cell(row.item, row)}</span>
          {at('beside').map((column) => (
            <span key={column.id} className="text-12 whitespace-nowrap text-text-3">
              <CardFact column={column} row={row} />
            </span>
          ))}
        </div>
        {name.below && <p className={clsx('text-13 text-text-3', !ownHeights && 'truncate')}>{name.below(row.item)}</p>}
        <div className={clsx('flex items-center gap-x-3 gap-y-1 text-12 text-text-3', ownHeights && 'flex-wrap')}>
          {at('below').map((column) => (
            <span key={column.id} className="inline-flex min-w-0 max-w-full items-center gap-1 whitespace-nowrap">
              <CardFact column={column} row={row} />
            </span>
          ))}
          {at('end').map((column) => (
            <span key={column.id} className="min-w-0 flex-1 truncate text-right">
              {column.text?.(row.item) ?? column.cell(row.item, row)}
            </span>
          ))}
        </div>
        {detail?.(row.item)}
        {actions?.card === 'below' && <div className="relative z-10 mt-1 flex flex-wrap items-center gap-2">{actions.cell(row.item)}</div>}
      </div>
      {actions?.card === 'beside' && <div className="relative z-10 -mr-2 flex">{actions.cell(row.item)}</div>}
    </li>
  )

  return (
    <>
      {sorts.length > 0 && (
        <label className="mb-2 flex items-center gap-2 text-13 text-text-3">
          {texts.cards.sortBy}
          <select value={sort ?? ''} onChange={(event) => onSort(event.target.value)} className="h-11 flex-1 rounded-md border border-line bg-surface-1 px-2 text-13 text-text-1">
            {!sorts.some(({ value }) => value === sort) && <option value={sort ?? ''}>{sort === undefined ? texts.cards.asListed : texts.cards.otherWayRound}</option>}
            {sorts.map(({ value, label: text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      )}
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <ul
        ref={attach}
        aria-label={label}
        {...steady.hold}
        className={clsx('rounded-lg border border-line bg-surface-1', fading && 'opacity-60')}
        style={ownHeights ? undefined : { paddingTop: before, paddingBottom: after }}
      >
        {ownHeights
          ? steady.rows.map(card)
          : items.map(({ index }) => {
              const row = steady.rows[index]
              return row && card(row)
            })}
      </ul>
    </>
  )
}
