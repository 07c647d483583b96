import { Link, type LinkProps } from '@tanstack/react-router'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { DashboardOverview } from '@/api/types'
import { grouped, plural, UNKNOWN } from '@/lib/numbers'

type Known = number | null | undefined

interface FigureProps {
  label: string
  value: Known
  of?: ReactNode
  note: ReactNode
  bad?: boolean
  link?: LinkProps
}

/** One number, and the list behind it. What is not known is a dash, never a zero. */
function Figure({ label, value, of, note, bad = false, link }: FigureProps) {
  const body = (
    <>
      <span className="text-13 text-text-2">{label}</span>{' '}
      <span className="mt-1 flex items-baseline gap-1.5">
        <strong className={clsx('text-28 font-semibold', bad && value && value > 0 && 'text-bad-text')}>
          {typeof value === 'number' ? (
            grouped(value)
          ) : (
            <>
              <span aria-hidden>{UNKNOWN}</span>
              <span className="sr-only">unknown</span>
            </>
          )}
        </strong>{' '}
        {of && <span className="text-16 text-text-3">{of}</span>}
      </span>{' '}
      <span className="mt-1 truncate text-13 text-text-3">{typeof value === 'number' ? note : 'not known yet'}</span>
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

const outOf = (total: Known) => (typeof total === 'number' ? `/ ${grouped(total)}` : undefined)

const percent = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })

export function Figures({ overview }: { overview: DashboardOverview }) {
  const { onlinePeers, offlinePeers, unconfirmedPeers, totalPolicies, networkTrends } = overview
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      <Figure
        label="Peers online"
        value={onlinePeers}
        of={outOf(overview.totalPeers)}
        note={unconfirmedPeers ? `${grouped(unconfirmedPeers)} unconfirmed` : ''}
        link={{ to: '/peers', search: { status: ['online'] } }}
      />
      <Figure
        label="Offline"
        value={offlinePeers}
        bad
        note={offlinePeers === 0 ? 'every peer is connected' : 'see which, and since when'}
        link={{ to: '/peers', search: { status: ['offline'] } }}
      />
      <Figure label="Users active" value={overview.activeUsers} of={outOf(overview.totalUsers)} note="neither blocked nor invited" />
      <Figure
        label="Groups · policies"
        value={overview.totalGroups}
        of={typeof totalPolicies === 'number' ? `· ${grouped(totalPolicies)}` : undefined}
        note={`in ${plural(overview.systemHealth.accounts.length, 'account')}`}
      />
      {typeof networkTrends.uptime === 'number' ? (
        <Figure label="Uptime, 24 h" value={networkTrends.uptime} of="%" note={`${percent.format(networkTrends.uptime)} % of peer time`} />
      ) : (
        <Figure label="Rules" value={overview.rules} note="watching" link={{ to: '/rules' }} />
      )}
    </div>
  )
}
