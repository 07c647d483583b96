import { Link } from '@tanstack/react-router'
import { createColumnHelper, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table'
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
import { rowId, tellingGroups, type PeerListProps } from './peerList'
import { Since } from './Since'
import { useVirtualRows } from './useVirtualRows'

/** Each column's width, the sort it offers, and from which window width on it is there. */
const LAYOUT: Record<string, { className: string; sort?: PeerSort }> = {
  status: { sort: 'status', className: 'w-54' },
  name: { sort: 'name', className: '' },
  ip: { sort: 'ip', className: 'w-32' },
  groups: { className: 'w-44 max-lg:hidden' },
  os: { sort: 'os', className: 'w-36' },
  version: { sort: 'version', className: 'w-23' },
  lastSeen: { sort: 'lastSeen', className: 'w-26 max-md:hidden' },
  location: { className: 'w-36 max-xl:hidden' },
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

/** NetBird puts the kernel before the distribution, which says it already. */
const shortSystem = (os: string): string => os.replace(/^Linux (?=\S)/, '')

const place = ({ city, country }: Peer['location']): string => [city, country].filter(Boolean).join(', ') || UNKNOWN

const column = createColumnHelper<SteadyRow<Peer>>()

const columnsFor = (newest: string | undefined) => [
  column.display({
    id: 'status',
    header: 'Status',
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
    cell: ({ row: { original } }) => (
      <Link
        to="."
        search={(search) => ({ ...search, peer: original.item.id })}
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
    cell: ({ row: { original } }) => <span className="font-mono text-12">{original.item.ip}</span>,
  }),
  column.display({
    id: 'groups',
    header: 'Groups',
    cell: ({ row: { original } }) => <Groups names={tellingGroups(original.item)} />,
  }),
  column.display({
    id: 'os',
    header: 'OS',
    cell: ({ row: { original } }) => <span title={original.item.os}>{shortSystem(original.item.os) || UNKNOWN}</span>,
  }),
  column.display({
    id: 'version',
    header: 'Version',
    cell: ({ row: { original } }) => <Version version={original.item.version} newest={newest} />,
  }),
  column.display({
    id: 'lastSeen',
    header: 'Last seen',
    cell: ({ row: { original: { item } } }) => (
      <span className="text-text-2">{item.status === 'online' ? 'now' : <Ago at={item.lastSeen} />}</span>
    ),
  }),
  column.display({
    id: 'location',
    header: 'Location',
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
  const columns = useMemo(() => columnsFor(newest), [newest])
  // eslint-disable-next-line react-hooks/incompatible-library -- the table is read during this render only
  const table = useReactTable({
    data: steady.rows,
    columns,
    getRowId: ({ id }) => id,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    // There is no state of its own to reset when the rows change.
    autoResetAll: false,
  })
  const { rows } = table.getRowModel()
  const { attach, items, before, after, reveal } = useVirtualRows({ count: rows.length, rowHeight: coarse ? 44 : 36, onEnd })
  useRowKeys({ ids: steady.rows.map(({ id }) => id), reveal })

  return (
    <>
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <div className="rounded-lg border border-line bg-surface-1">
        <table ref={attach} aria-label="Peers" aria-rowcount={rows.length + 1} className={clsx('w-full table-fixed text-14', fading && 'opacity-60')}>
          <thead className="sticky top-13 z-10">
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} aria-rowindex={1} className="row-h text-left text-12 text-text-3">
                {group.headers.map(({ id, column }) => (
                  <th
                    key={id}
                    scope="col"
                    aria-sort={direction(LAYOUT[column.id]?.sort, sort)}
                    className={clsx('border-b border-line bg-surface-1 px-3 font-normal first:rounded-tl-lg last:rounded-tr-lg', LAYOUT[column.id]?.className)}
                  >
                    <Heading title={String(column.columnDef.header)} by={LAYOUT[column.id]?.sort} sort={sort} onSort={onSort} />
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody {...steady.hold}>
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {items.map(({ index }) => {
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
                      <td key={cell.id} className={clsx('truncate px-3', LAYOUT[cell.column.id]?.className)}>
                        {flexRender(cell.column.columnDef.cell, cell.getContext())}
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
