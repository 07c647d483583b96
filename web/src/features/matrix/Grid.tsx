import { Link, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { useMemo, useState, type KeyboardEvent } from 'react'
import type { AccessMatrix } from '@/api/types'
import { SOFT_TONE } from '@/components/ui/Badge'
import { writeEnd, type AccessSearch } from '@/lib/accessEnds'
import { byPlace, cellWords, placeOf, verdictLook, type Cell, type Group } from './cells'

export type Service = Pick<AccessSearch, 'protocol' | 'port'>

/** The question that a cell is the short answer to. */
export const questionOf = (accountId: string, from: string, to: string, service: Service): AccessSearch => ({
  of: accountId,
  from: writeEnd({ kind: 'group', id: from }),
  to: writeEnd({ kind: 'group', id: to }),
  ...service,
})

interface Place {
  row: number
  column: number
}

const STEPS: Readonly<Record<string, (at: Place, last: number) => Place>> = {
  ArrowUp: ({ row, column }) => ({ row: Math.max(0, row - 1), column }),
  ArrowDown: ({ row, column }, last) => ({ row: Math.min(last, row + 1), column }),
  ArrowLeft: ({ row, column }) => ({ row, column: Math.max(0, column - 1) }),
  ArrowRight: ({ row, column }, last) => ({ row, column: Math.min(last, column + 1) }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, last) => ({ row, column: last }),
}

interface SquareProps {
  from: Group
  to: Group
  cell: Cell | undefined
  at: Place
  isTabStop: boolean
  isLit: boolean
  onGo: (at: Place) => void
  onOpen: (from: Group, to: Group) => void
}

function Square({ from, to, cell, at, isTabStop, isLit, onGo, onOpen }: SquareProps) {
  const look = cell && verdictLook(cell.verdict)
  const Icon = look?.icon
  const words = `${from.name} to ${to.name}: ${cell ? cellWords(cell) : 'nothing is open'}`
  return (
    <td
      data-at={`${at.row} ${at.column}`}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={words}
      title={words}
      className={clsx('h-9 min-w-9 cursor-pointer border-r border-b border-line p-0 text-center focus-visible:outline-offset-[-2px]', look ? SOFT_TONE[look.tone] : isLit && 'bg-surface-2')}
      onFocus={() => onGo(at)}
      onMouseEnter={() => onGo(at)}
      onClick={() => onOpen(from, to)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onOpen(from, to)
      }}
    >
      {Icon ? <Icon aria-hidden className="mx-auto size-4" /> : <span aria-hidden className="text-text-3">·</span>}
    </td>
  )
}

/** What the cell under the pointer, or with the focus, says. */
function Saying({ from, to, cell, question }: { from: Group; to: Group; cell: Cell | undefined; question: AccessSearch }) {
  const look = cell && verdictLook(cell.verdict)
  const Icon = look?.icon
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-13">
      <p className="min-w-0">
        <strong className="font-semibold">{from.name}</strong> <span className="text-text-3">to</span> <strong className="font-semibold">{to.name}</strong>
      </p>
      <p className="flex min-w-0 items-center gap-2 text-text-2">
        {Icon && <Icon aria-hidden className="size-4 shrink-0" />}
        {cell ? cellWords(cell) : 'Nothing is open, and no rule forbids anything.'}
      </p>
      {cell && cell.policies.length > 0 && (
        <p className="min-w-0 text-text-3">
          by{' '}
          {cell.policies.map(({ id, name }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <Link to="/policies" search={{ search: name }} className="text-accent-text hover:underline">
                {name}
              </Link>
            </span>
          ))}
        </p>
      )}
      <Link to="/access" search={question} className="ml-auto text-accent-text hover:underline max-sm:ml-0">
        Why
      </Link>
    </div>
  )
}

interface GridProps {
  matrix: AccessMatrix
  service: Service
}

/** Rows reach columns. Arrow keys walk the cells, Enter asks why. */
export function Grid({ matrix, service }: GridProps) {
  const { accountId, accountName, groups } = matrix
  const cells = useMemo(() => byPlace(matrix), [matrix])
  const [gone, setAt] = useState<Place>({ row: 0, column: 0 })
  const navigate = useNavigate()
  const last = groups.length - 1
  const at = { row: Math.min(gone.row, last), column: Math.min(gone.column, last) }
  const [from, to] = [groups[at.row], groups[at.column]]
  const open = (from: Group, to: Group) => void navigate({ to: '/access', search: questionOf(accountId, from.id, to.id, service) })
  const walk = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    const next = step(at, last)
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${next.row} ${next.column}"]`)?.focus()
  }
  return (
    <div className="flex max-h-[75vh] min-h-0 flex-col rounded-lg border border-line bg-surface-1 max-sm:hidden">
      {/* Only what it holds scrolls, so that names stay where they are. */}
      <div className="min-h-0 overflow-auto rounded-t-lg">
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table whose cells are walked by keys is a grid */}
        <table role="grid" aria-label={`Who reaches whom in ${accountName}`} className="border-separate border-spacing-0 text-13" onKeyDown={walk}>
          <thead>
            <tr>
              <th scope="col" className="sticky top-0 left-0 z-20 min-w-40 border-r border-b border-line bg-surface-1 px-3 py-2 text-left align-bottom text-12 font-normal text-text-3">
                from ↓ to →
              </th>
              {groups.map(({ id, name, peers }, column) => (
                <th key={id} scope="col" aria-label={name} title={`${name}, ${peers}`} className={clsx('sticky top-0 z-10 h-32 border-r border-b border-line bg-surface-1 px-1 py-2 align-bottom font-normal', column === at.column && 'text-accent-text')}>
                  <span className="mx-auto block max-h-28 rotate-180 truncate [writing-mode:vertical-rl]">{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group, row) => (
              <tr key={group.id}>
                <th scope="row" title={group.name} className={clsx('sticky left-0 z-10 max-w-56 truncate border-r border-b border-line bg-surface-1 px-3 text-left font-normal', row === at.row && 'text-accent-text')}>
                  {group.name} <span className="text-12 text-text-3 tabular-nums">{group.peers}</span>
                </th>
                {groups.map((other, column) => (
                  <Square
                    key={other.id}
                    from={group}
                    to={other}
                    cell={cells.get(placeOf(group.id, other.id))}
                    at={{ row, column }}
                    isTabStop={row === at.row && column === at.column}
                    isLit={row === at.row || column === at.column}
                    onGo={setAt}
                    onOpen={open}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {from && to && <Saying from={from} to={to} cell={cells.get(placeOf(from.id, to.id))} question={questionOf(accountId, from.id, to.id, service)} />}
    </div>
  )
}
