import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import type { Peer, PeerSort } from '@/api/types'
import type { ListProps } from '@/components/list/ListTable'
import { useVirtualRows } from '@/components/list/useVirtualRows'
import { PeerMark } from '@/components/status'
import { WaitingRows } from '@/components/WaitingRows'
import { listed } from '@/lib/numbers'
import { useSteadyList } from '@/lib/steadyList'
import { openedAs, tellingGroups } from './peerList'
import { Since } from './Since'

const CARD_HEIGHT = 60

const SORTS: readonly { value: PeerSort; label: string }[] = [
  { value: 'status', label: 'Status' },
  { value: 'name', label: 'Name' },
  { value: '-lastSeen', label: 'Last seen' },
  { value: 'ip', label: 'IP' },
  { value: 'os', label: 'OS' },
  { value: 'version', label: 'Version' },
]

/** The peers on a phone: two lines each. */
export function PeerCards({ items: peers, idOf, sort, onSort, view, fading, onSee }: ListProps<Peer>) {
  const steady = useSteadyList(peers, idOf, view)
  const { attach, items, before, after } = useVirtualRows({ count: steady.rows.length, rowHeight: CARD_HEIGHT, onSee })
  return (
    <>
      <label className="mb-2 flex items-center gap-2 text-13 text-text-3">
        Sort by
        <select value={sort} onChange={(event) => onSort?.(event.target.value)} className="h-11 flex-1 rounded-md border border-line bg-surface-1 px-2 text-13 text-text-1">
          {SORTS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <ul
        ref={attach}
        aria-label="Peers"
        {...steady.hold}
        className={clsx('rounded-lg border border-line bg-surface-1', fading && 'opacity-60')}
        style={{ paddingTop: before, paddingBottom: after }}
      >
        {items.map(({ index }) => {
          const row = steady.rows[index]
          if (!row) return null
          const peer = row.item
          return (
            <li key={row.id} style={{ height: CARD_HEIGHT }} className={clsx('relative flex flex-col justify-center gap-1 border-b border-line px-3 last:border-b-0', row.gone && 'opacity-50')}>
              <div className="flex items-baseline gap-2">
                <Link to="." search={(search) => ({ ...search, peer: openedAs(peer) })} resetScroll={false} className="min-w-0 flex-1 truncate text-14 font-semibold after:absolute after:inset-0">
                  {peer.name}
                </Link>
                <span className="flex items-center gap-1.5 text-12 whitespace-nowrap text-text-3">
                  <PeerMark peer={peer} />
                  <Since peer={peer} />
                </span>
              </div>
              <div className="flex gap-2 text-12 text-text-3">
                <span className="font-mono">{peer.ip}</span>
                <span className="min-w-0 flex-1 truncate text-right">{listed(tellingGroups(peer))}</span>
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}
