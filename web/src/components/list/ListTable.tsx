import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo } from 'react'
import { useMediaQuery } from '@/lib/mediaQuery'
import { useRowKeys } from '@/lib/rowKeys'
import { useSteadyList, type SteadyRow } from '@/lib/steadyList'
import { WaitingRows } from '../WaitingRows'
import { fitColumns, nameWidth, type Column } from './columns'
import type { ListDefinition } from './definition'
import { SelectBox } from './SelectBox'
import type { Selection } from './selection'
import { TableRow } from './TableRow'
import { texts } from './texts'
import { useVirtualRows } from './useVirtualRows'

export interface ListProps<T> {
  definition: ListDefinition<T>
  items: readonly T[]
  /** The columns that its reader wants. */
  columns: readonly Column<T>[]
  sort: string | undefined
  onSort: (sort: string) => void
  /** Names filters and sort: another view starts over. */
  view: string
  /** The rows are those of the view before, until the new ones come. */
  fading: boolean
  onSee: (first: number, last: number) => void
  selection: Selection | undefined
  /** `a`, on the row with the focus. */
  onAcknowledge: ((id: string | undefined) => void) | undefined
}

interface HeadingProps {
  title: string
  by: string | undefined
  sort: string | undefined
  onSort: (sort: string) => void
}

function Heading({ title, by, sort, onSort }: HeadingProps) {
  if (!by) return title
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

/** Of the checkboxes. */
const SELECT_WIDTH = 44
const HEIGHTS = { plain: { fine: 36, coarse: 44 }, below: { fine: 56, coarse: 60 } }

/** A list as a table: as many columns as fit beside whole names, steady under the pointer, walked by keys. */
export function ListTable<T>({ definition, items, columns, sort, onSort, view, fading, onSee, selection, onAcknowledge }: ListProps<T>) {
  const { label, idOf, name, actions, ownHeights = false } = definition
  const steady = useSteadyList(items, idOf, view)
  const coarse = useMediaQuery('(pointer: coarse)')
  const rowHeight = HEIGHTS[name.below ? 'below' : 'plain'][coarse ? 'coarse' : 'fine']
  const { attach, items: virtual, width, before, after, reveal } = useVirtualRows({ count: steady.rows.length, rowHeight, onSee })
  const ids = useMemo(() => steady.rows.map(({ id }) => id), [steady.rows])
  const navigate = useNavigate()
  // In place of the one before: Back leads out of the panel, and not through all that was looked at.
  const onOpen = (href: string) => void navigate({ href, replace: true, resetScroll: false })
  useRowKeys({ ids, reveal, onOpen, ...(selection && { onSelect: selection.toggle }), ...(onAcknowledge && { onAcknowledge }) })
  const { text, letters, fewest } = name
  const needed = useMemo(() => nameWidth(items.map(text), letters, fewest), [items, text, letters, fewest])
  const around = (actions?.width ?? 0) + (selection ? SELECT_WIDTH : 0)
  // The same columns as long as they fit: rows that stay on screen are not made again while the list is scrolled.
  const [leading, trailing] = useMemo(() => {
    const fitting = width === 0 ? [] : fitColumns(columns, width - around, needed)
    return [fitting.filter(({ leads }) => leads), fitting.filter(({ leads }) => !leads)]
  }, [columns, width, around, needed])
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
  const selected = selection ? ids.filter((id) => selection.ids.has(id)).length : 0

  const row = ({ id, item, gone }: SteadyRow<T>, index: number) => (
    <TableRow
      key={id}
      definition={definition}
      id={id}
      item={item}
      gone={gone}
      index={index}
      height={ownHeights ? undefined : rowHeight}
      leading={leading}
      trailing={trailing}
      selected={selection?.ids.has(id)}
      onToggle={selection?.toggle}
    />
  )

  return (
    <>
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <div className="rounded-lg border border-line bg-surface-1">
        <table ref={attach} aria-label={label} aria-rowcount={steady.rows.length + 1} className={clsx('w-full table-fixed text-14', fading && 'opacity-60')}>
          <thead className="sticky top-13 z-10">
            <tr aria-rowindex={1} className="row-h text-left text-12 text-text-3">
              {selection && (
                <th scope="col" style={{ width: SELECT_WIDTH }} className="rounded-tl-lg border-b border-line bg-surface-1 pl-4">
                  <SelectBox
                    label={selected === ids.length ? texts.table.selectNone : texts.table.selectAll}
                    checked={selected > 0 && selected === ids.length}
                    mixed={selected > 0 && selected < ids.length}
                    onChange={() => selection.set(selected === ids.length ? [] : ids)}
                  />
                </th>
              )}
              {leading.map((column) => heading(column, column.width))}
              {heading(name)}
              {trailing.map((column) => heading(column, column.width))}
              {actions && (
                <th scope="col" style={{ width: actions.width }} className="rounded-tr-lg border-b border-line bg-surface-1">
                  <span className="sr-only">{texts.table.actions}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody {...steady.hold}>
            {ownHeights ? (
              steady.rows.map(row)
            ) : (
              <>
                {before > 0 && <tr aria-hidden style={{ height: before }} />}
                {virtual.map(({ index }) => {
                  const shown = steady.rows[index]
                  return shown && row(shown, index)
                })}
                {after > 0 && <tr aria-hidden style={{ height: after }} />}
              </>
            )}
          </tbody>
        </table>
      </div>
    </>
  )
}
