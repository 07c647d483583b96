import clsx from 'clsx'
import { useSteadyList } from '@/lib/steadyList'
import { WaitingRows } from '../WaitingRows'
import type { ListProps } from './ListTable'
import { useVirtualRows } from './useVirtualRows'

interface ListCardsProps<T> extends ListProps<T> {
  /** What a name may take; one line is cut where it ends. */
  nameLines?: 1 | 2
}

const HEIGHT = { 1: 60, 2: 80 } as const

/** A list on a phone: the name with what stands beside it, and a line below. */
export function ListCards<T>({ label, items: all, idOf, name, columns, sort, onSort, view, fading, onSee, nameLines = 1 }: ListCardsProps<T>) {
  const steady = useSteadyList(all, idOf, view)
  const height = HEIGHT[nameLines]
  const { attach, items, before, after } = useVirtualRows({ count: steady.rows.length, rowHeight: height, onSee })
  const sorts = [name, ...columns].flatMap(({ title, sort: by, newestFirst }) => (by === undefined ? [] : [{ value: newestFirst ? `-${by}` : by, label: title }]))
  const at = (place: 'beside' | 'below' | 'end') => columns.filter(({ card }) => card === place)
  return (
    <>
      {onSort && sorts.length > 0 && (
        <label className="mb-2 flex items-center gap-2 text-13 text-text-3">
          Sort by
          <select value={sort} onChange={(event) => onSort(event.target.value)} className="h-11 flex-1 rounded-md border border-line bg-surface-1 px-2 text-13 text-text-1">
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
        style={{ paddingTop: before, paddingBottom: after }}
      >
        {items.map(({ index }) => {
          const row = steady.rows[index]
          if (!row) return null
          return (
            <li key={row.id} style={{ height }} className={clsx('relative flex flex-col justify-center gap-1 border-b border-line px-3 last:border-b-0', row.gone && 'opacity-50')}>
              <div className="flex items-baseline gap-2">
                <span className={clsx('min-w-0 flex-1 text-14', nameLines === 1 ? 'truncate' : 'line-clamp-2')}>{name.cell(row.item, row)}</span>
                {at('beside').map((column) => (
                  <span key={column.id} className="text-12 whitespace-nowrap text-text-3">
                    {column.cell(row.item, row)}
                  </span>
                ))}
              </div>
              <div className="flex gap-2 text-12 text-text-3">
                {at('below').map((column) => (
                  <span key={column.id} className="whitespace-nowrap">
                    {column.cell(row.item, row)}
                  </span>
                ))}
                {at('end').map((column) => (
                  <span key={column.id} className="min-w-0 flex-1 truncate text-right">
                    {column.text?.(row.item) ?? column.cell(row.item, row)}
                  </span>
                ))}
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}
