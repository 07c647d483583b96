import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import type { AccessMatrix } from '@/api/types'
import { TEXT_TONE } from '@/components/ui/Badge'
import { plural } from '@/lib/numbers'
import { cellWords, verdictLook } from './cells'
import { questionOf, type Service } from './Grid'

/** The same where there is no room for a grid: each group, and whom it reaches. */
export function ByGroup({ matrix, service }: { matrix: AccessMatrix; service: Service }) {
  const { accountId, groups, cells } = matrix
  const names = useMemo(() => new Map(groups.map(({ id, name }) => [id, name])), [groups])
  return (
    <ul aria-label="Who reaches whom" className="flex flex-col gap-3 sm:hidden">
      {groups.map((group) => {
        const reached = cells.filter(({ from }) => from === group.id)
        return (
          <li key={group.id} className="rounded-lg border border-line bg-surface-1">
            <p className="flex items-baseline gap-2 px-4 pt-3 pb-1 text-14">
              <strong className="min-w-0 truncate font-semibold">{group.name}</strong>
              <span className="shrink-0 text-12 text-text-3">{plural(group.peers, 'peer')}</span>
            </p>
            {reached.length === 0 && <p className="px-4 pb-3 text-13 text-text-3">Reaches none of these groups.</p>}
            <ul className="divide-y divide-line">
              {reached.map((cell) => {
                const { icon: Icon, tone } = verdictLook(cell.verdict)
                return (
                  <li key={cell.to}>
                    <Link to="/access" search={questionOf(accountId, cell.from, cell.to, service)} className="flex min-h-11 items-center gap-3 px-4 py-2 text-13">
                      <Icon aria-hidden className={`size-4 shrink-0 ${TEXT_TONE[tone]}`} />
                      <span className="min-w-0 flex-1">
                        <span className="block truncate">{names.get(cell.to) ?? cell.to}</span>
                        <span className="block text-text-3">{cellWords(cell)}</span>
                      </span>
                      <ChevronRight aria-hidden className="size-4 shrink-0 text-text-3" />
                    </Link>
                  </li>
                )
              })}
            </ul>
          </li>
        )
      })}
    </ul>
  )
}
