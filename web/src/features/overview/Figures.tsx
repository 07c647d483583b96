import { Link, type LinkProps } from '@tanstack/react-router'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { DashboardOverview } from '@/api/types'
import { grouped, plural, UNKNOWN } from '@/lib/numbers'

interface FigureProps {
  label: string
  value: number | null
  of?: ReactNode
  note: ReactNode
  bad?: boolean
  link?: LinkProps
}

/** One number, and the list behind it. What is not known is a dash, never a zero. */
function Figure({ label, value, of, note, bad = false, link }: FigureProps) {
  const body = (
    <>
      <span className="text-13 text-text-2">{label}</span>
      <span className="mt-1 flex items-baseline gap-1.5">
        <strong className={clsx('text-28 font-semibold', bad && value !== null && value > 0 && 'text-bad-text')}>
          {value === null ? <span aria-label="unknown">{UNKNOWN}</span> : grouped(value)}
        </strong>
        {of && <span className="text-16 text-text-3">{of}</span>}
      </span>
      <span className="mt-1 truncate text-13 text-text-3">{value === null ? 'not known yet' : note}</span>
    </>
  )
  const look = 'flex min-w-0 flex-col rounded-lg border border-line bg-surface-1 px-4 py-3 max-lg:last:col-span-2'
  return link ? (
    <Link {...link} className={clsx(look, 'transition-colors hover:border-line-strong')}>
      {body}
    </Link>
  ) : (
    <div className={look}>{body}</div>
  )
}

const outOf = (total: number | null) => (total === null ? undefined : `/ ${grouped(total)}`)

const percent = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })

export function Figures({ overview }: { overview: DashboardOverview }) {
  const { onlinePeers, offlinePeers, unconfirmedPeers, networkTrends } = overview
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      <Figure
        label="Peers online"
        value={onlinePeers}
        of={outOf(overview.totalPeers)}
        note={unconfirmedPeers ? `${grouped(unconfirmedPeers)} unconfirmed` : 'none unconfirmed'}
        link={{ to: '/peers', search: { status: ['online'] } }}
      />
      <Figure
        label="Offline"
        value={offlinePeers}
        bad
        note={offlinePeers === 0 ? 'every known peer is connected' : 'see which, and since when'}
        link={{ to: '/peers', search: { status: ['offline'] } }}
      />
      <Figure label="Users active" value={overview.activeUsers} of={outOf(overview.totalUsers)} note="signed in within a day" />
      <Figure
        label="Groups · policies"
        value={overview.totalGroups}
        of={overview.totalPolicies === null ? undefined : `· ${grouped(overview.totalPolicies)}`}
        note={overview.totalPolicies === null ? 'policies not known yet' : plural(overview.totalPolicies, 'policy', 'policies')}
      />
      {networkTrends.uptime === null ? (
        <Figure label="Rules" value={overview.rules} note="watching" link={{ to: '/rules' }} />
      ) : (
        <Figure label="Uptime, 24 h" value={networkTrends.uptime} of="%" note={`${percent.format(networkTrends.uptime)} % of peer time`} />
      )}
    </div>
  )
}
