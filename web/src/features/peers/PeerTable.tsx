import { Link } from '@tanstack/react-router'
import { createColumnHelper, flexRender, getCoreRowModel, useReactTable, type RowData } from '@tanstack/react-table'
import clsx from 'clsx'
import { ArrowDown, ArrowUp, CircleArrowUp } from 'lucide-react'
import { useMemo } from 'react'
import type { Peer, PeerSort } from '@/api/types'
import { PeerMark } from '@/components/status'
import { Ago } from '@/components/Time'
import { Tag } from '@/components/ui/Badge'
import { WaitingRows } from '@/components/WaitingRows'
import { useMediaQuery } from '@/lib/mediaQuery'
import { UNKNOWN } from '@/lib/numbers'
import { useRowKeys } from '@/lib/rowKeys'
import { useSteadyList, type SteadyRow } from '@/lib/steadyList'
import { isBehind, newestVersion } from '@/lib/versions'
import { rowId, type PeerListProps } from './peerList'
import { Since } from './Since'
import { useVirtualRows } from './useVirtualRows'

declare module '@tanstack/react-table' {
  interface ColumnMeta<TData extends RowData, TValue> {
    sort?: PeerSort
    className: string
  }
  interface TableMeta<TData extends RowData> {
    newest: string | undefined
  }
}

const TAGS_SHOWN = 2

function Groups({ names }: { names: readonly string[] }) {
  const rest = names.slice(TAGS_SHOWN)
  return (
    <span className="flex gap-1">
      {names.slice(0, TAGS_SHOWN).map((name) => (
        <Tag key={name}>{name}</Tag>
      ))}
      {rest.length > 0 && (
        <span className="text-12 text-text-3" title={rest.join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  )
}

export function Version({ version, newest }: { version: string; newest: string | undefined }) {
  const behind = isBehind(version, newest)
  return (
    <span className={clsx('inline-flex items-center gap-1 font-mono text-12', behind && 'text-warn-text')} title={behind ? `Behind ${newest ?? ''}, the newest here` : undefined}>
      {version || UNKNOWN}
      {behind && <CircleArrowUp role="img" aria-label="behind the newest here" className="size-3" />}
    </span>
  )
}

const place = ({ city, country }: Peer['location']): string => [city, country].filter(Boolean).join(', ') || UNKNOWN

const column = createColumnHelper<SteadyRow<Peer>>()
const columns = [
  column.display({
    id: 'status',
    header: 'Status',
    meta: { sort: 'status', className: 'w-52' },
    cell: ({ row: { original } }) => (
      <span className="inline-flex items-center gap-1.5">
        <PeerMark peer={original.item} />
        <span className="truncate text-13 text-text-3">{original.gone ? 'no longer listed' : <Since peer={original.item} />}</span>
      </span>
    ),
  }),
  column.display({
    id: 'name',
    header: 'Name',
    meta: { sort: 'name', className: '' },
    cell: ({ row: { original } }) => (
      <Link
        to="."
        search={(before) => ({ ...before, peer: original.item.id })}
        resetScroll={false}
        className="font-semibold after:absolute after:inset-0 hover:underline"
      >
        {original.item.name}
      </Link>
    ),
  }),
  column.display({
    id: 'ip',
    header: 'IP',
    meta: { sort: 'ip', className: 'w-36' },
    cell: ({ row: { original } }) => <span className="font-mono text-12">{original.item.ip}</span>,
  }),
  column.display({
    id: 'groups',
    header: 'Groups',
    meta: { className: 'w-56 max-lg:hidden' },
    cell: ({ row: { original } }) => <Groups names={original.item.groups} />,
  }),
  column.display({
    id: 'os',
    header: 'OS',
    meta: { sort: 'os', className: 'w-40' },
    cell: ({ row: { original } }) => original.item.os || UNKNOWN,
  }),
  column.display({
    id: 'version',
    header: 'Version',
    meta: { sort: 'version', className: 'w-24' },
    cell: ({ row: { original }, table }) => <Version version={original.item.version} newest={table.options.meta?.newest} />,
  }),
  column.display({
    id: 'lastSeen',
    header: 'Last seen',
    meta: { sort: 'lastSeen', className: 'w-28 max-md:hidden' },
    cell: ({ row: { original: { item } } }) => (
      <span className="text-text-2">{item.status === 'online' ? 'now' : <Ago at={item.lastSeen} />}</span>
    ),
  }),
  column.display({
    id: 'location',
    header: 'Location',
    meta: { className: 'w-36 max-xl:hidden' },
    cell: ({ row: { original } }) => <span className="text-text-3">{place(original.item.location)}</span>,
  }),
]

interface HeadingProps {
  title: string
  by: PeerSort | undefined
  sort: PeerSort
  onSort: (sort: PeerSort) => void
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
      onClick={() => onSort(ascending ? (`-${by}` as PeerSort) : by)}
    >
      {title}
      {(ascending || descending) && <Icon aria-hidden className="size-3" />}
    </button>
  )
}

function direction(by: PeerSort | undefined, sort: PeerSort): 'ascending' | 'descending' | undefined {
  if (!by) return undefined
  return sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
}

export function PeerTable({ peers, sort, onSort, view, fading, onEnd }: PeerListProps) {
  const steady = useSteadyList(peers, rowId, view)
  const coarse = useMediaQuery('(pointer: coarse)')
  const newest = useMemo(() => newestVersion(peers.map(({ version }) => version)), [peers])
  // eslint-disable-next-line react-hooks/incompatible-library -- the table is read during this render only
  const table = useReactTable({
    data: steady.rows,
    columns,
    getRowId: ({ id }) => id,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    meta: { newest },
  })
  const { rows } = table.getRowModel()
  const virtual = useVirtualRows<HTMLTableElement>({ count: rows.length, rowHeight: coarse ? 44 : 36, onEnd })
  useRowKeys({ ids: steady.rows.map(({ id }) => id), reveal: virtual.reveal })

  return (
    <>
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <div className="rounded-lg border border-line bg-surface-1">
        <table ref={virtual.list} aria-label="Peers" aria-rowcount={rows.length + 1} className={clsx('w-full table-fixed text-14', fading && 'opacity-60')}>
          <thead className="sticky top-13 z-10">
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} aria-rowindex={1} className="row-h text-left text-12 text-text-3">
                {group.headers.map(({ id, column: { columnDef } }) => (
                  <th
                    key={id}
                    scope="col"
                    aria-sort={direction(columnDef.meta?.sort, sort)}
                    className={clsx('border-b border-line bg-surface-1 px-3 font-normal first:rounded-tl-lg last:rounded-tr-lg', columnDef.meta?.className)}
                  >
                    <Heading title={String(columnDef.header)} by={columnDef.meta?.sort} sort={sort} onSort={onSort} />
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody {...steady.hold}>
            {virtual.before > 0 && <tr aria-hidden style={{ height: virtual.before }} />}
            {virtual.items.map(({ index }) => {
              const row = rows[index]
              return (
                row && (
                  <tr
                    key={row.id}
                    data-row={row.id}
                    aria-rowindex={index + 2}
                    className={clsx(
                      'relative row-h border-b border-line last:border-b-0 focus-within:bg-surface-2 hover:bg-surface-2',
                      row.original.gone && 'opacity-50',
                    )}
                  >
                    {row.getVisibleCells().map((cell) => (
                      <td key={cell.id} className={clsx('truncate px-3', cell.column.columnDef.meta?.className)}>
                        {flexRender(cell.column.columnDef.cell, cell.getContext())}
                      </td>
                    ))}
                  </tr>
                )
              )
            })}
            {virtual.after > 0 && <tr aria-hidden style={{ height: virtual.after }} />}
          </tbody>
        </table>
      </div>
    </>
  )
}
