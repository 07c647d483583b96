import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo } from 'react'
import { useMediaQuery } from '@/lib/mediaQuery'
import { useRowKeys } from '@/lib/rowKeys'
import { useSteadyList } from '@/lib/steadyList'
import { WaitingRows } from '../WaitingRows'
import { fitColumns, nameWidth, type Column, type NameColumn } from './columns'
import { useVirtualRows } from './useVirtualRows'

export interface ListProps<T> {
  label: string
  items: readonly T[]
  idOf: (item: T) => string
  name: NameColumn<T>
  columns: readonly Column<T>[]
  sort?: string | undefined
  onSort?: ((sort: string) => void) | undefined
  /** Names filters and sort: another view starts over. */
  view: string
  /** The rows are those of the view before, until the new ones come. */
  fading: boolean
  onSee: (first: number, last: number) => void
}

interface HeadingProps {
  title: string
  by: string | undefined
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}

function Heading({ title, by, sort, onSort }: HeadingProps) {
  if (!by || !onSort) return title
  const ascending = sort === by
  const descending = sort === `-${by}`
  const Icon = descending ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      className={clsx('inline-flex items-center gap-1 rounded-sm hover:text-text-1', (ascending || descending) && 'text-text-1')}
      onClick={() => onSort(ascending ? `-${by}` : by)}
    >
      {title}
      {(ascending || descending) && <Icon aria-hidden className="size-3" />}
    </button>
  )
}

function direction(by: string | undefined, sort: string | undefined): 'ascending' | 'descending' | undefined {
  if (!by) return undefined
  return sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
}

/** A list as a table: as many columns as fit beside whole names, steady under the pointer, walked by keys. */
export function ListTable<T>({ label, items, idOf, name, columns, sort, onSort, view, fading, onSee }: ListProps<T>) {
  const steady = useSteadyList(items, idOf, view)
  const coarse = useMediaQuery('(pointer: coarse)')
  const { attach, items: virtual, width, before, after, reveal } = useVirtualRows({ count: steady.rows.length, rowHeight: coarse ? 44 : 36, onSee })
  useRowKeys({ ids: steady.rows.map(({ id }) => id), reveal })
  const { text } = name
  const needed = useMemo(() => nameWidth(items.map(text)), [items, text])
  const fitting = width === 0 ? [] : fitColumns(columns, width, needed)
  const [first, ...rest] = fitting
  // What says how a row is doing stands before its name.
  const leading = first && first === columns[0] ? [first] : []
  const trailing = leading.length > 0 ? rest : fitting
  const cell = 'truncate px-3'
  const heading = (column: { id: string; title: string; sort?: string }, pixels?: number) => (
    <th
      key={column.id}
      scope="col"
      aria-sort={direction(column.sort, sort)}
      style={pixels === undefined ? undefined : { width: pixels }}
      className="border-b border-line bg-surface-1 px-3 font-normal first:rounded-tl-lg last:rounded-tr-lg"
    >
      <Heading title={column.title} by={column.sort} sort={sort} onSort={onSort} />
    </th>
  )
  return (
    <>
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <div className="rounded-lg border border-line bg-surface-1">
        <table ref={attach} aria-label={label} aria-rowcount={steady.rows.length + 1} className={clsx('w-full table-fixed text-14', fading && 'opacity-60')}>
          <thead className="sticky top-13 z-10">
            <tr aria-rowindex={1} className="row-h text-left text-12 text-text-3">
              {leading.map((column) => heading(column, column.width))}
              {heading(name)}
              {trailing.map((column) => heading(column, column.width))}
            </tr>
          </thead>
          <tbody {...steady.hold}>
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {virtual.map(({ index }) => {
              const row = steady.rows[index]
              return (
                row && (
                  <tr
                    key={row.id}
                    data-row={row.id}
                    aria-rowindex={index + 2}
                    className={clsx('relative row-h border-b border-line last:border-b-0 focus-within:bg-surface-2 hover:bg-surface-2', row.gone && 'opacity-50')}
                  >
                    {leading.map((column) => (
                      <td key={column.id} className={cell}>
                        {column.cell(row.item, row)}
                      </td>
                    ))}
                    <td className={cell} title={name.text(row.item)}>
                      {name.cell(row.item, row)}
                    </td>
                    {trailing.map((column) => (
                      <td key={column.id} className={cell}>
                        {column.cell(row.item, row)}
                      </td>
                    ))}
                  </tr>
                )
              )
            })}
            {after > 0 && <tr aria-hidden style={{ height: after }} />}
          </tbody>
        </table>
      </div>
    </>
  )
}
