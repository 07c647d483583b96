import { Link, type LinkProps } from '@tanstack/react-router'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { DashboardOverview } from '@/api/types'
import { grouped, UNKNOWN } from '@/lib/numbers'
import { DayLine } from './DayLine'
import { texts } from './texts'

type Known = number | null | undefined

interface FigureProps {
  label: string
  value: Known
  of?: ReactNode
  note: ReactNode
  bad?: boolean
  /** What it was, drawn beside it. */
  line?: ReactNode
  className?: string
  link: LinkProps
}

/** One number, and the list behind it. What is not known is a dash, never a zero. */
function Figure({ label, value, of, note, bad = false, line, className, link }: FigureProps) {
  return (
    <Link {...link} className={clsx('flex min-w-0 flex-col rounded-lg border border-line bg-surface-1 px-4 py-3 transition-colors hover:border-line-strong', className)}>
      <span className="text-13 text-text-2">{label}</span>{' '}
      <span className="mt-1 flex items-baseline gap-1.5">
        <strong className={clsx('text-28 font-semibold', bad && value && value > 0 && 'text-bad-text')}>
          {typeof value === 'number' ? (
            grouped(value)
          ) : (
            <>
              <span aria-hidden>{UNKNOWN}</span>
              <span className="sr-only">{texts.figures.unknown}</span>
            </>
          )}
        </strong>{' '}
        {of && <span className="text-16 text-text-3">{of}</span>}
        {line}
      </span>{' '}
      <span className="mt-1 truncate text-13 text-text-3">{typeof value === 'number' ? note : texts.figures.notKnownYet}</span>
    </Link>
  )
}

const outOf = (total: Known) => (typeof total === 'number' ? `/ ${grouped(total)}` : undefined)

/** How things stand in numbers, each the way to the list behind it. */
export function Figures({ overview, accountId }: { overview: DashboardOverview; accountId: string | undefined }) {
  const { onlinePeers, offlinePeers, unconfirmedPeers } = overview
  const within = texts.figures.inAccounts({ count: overview.systemHealth.accounts.length })
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      <Figure
        label={texts.figures.peersOnline}
        value={onlinePeers}
        of={outOf(overview.totalPeers)}
        note={unconfirmedPeers ? texts.figures.unconfirmed({ count: unconfirmedPeers }) : texts.figures.lastDay}
        line={<DayLine accountId={accountId} />}
        className="col-span-2"
        link={{ to: '/peers', search: { status: ['online'] } }}
      />
      <Figure
        label={texts.figures.offline}
        value={offlinePeers}
        bad
        note={offlinePeers === 0 ? texts.figures.allConnected : texts.figures.whichSince}
        link={{ to: '/peers', search: { status: ['offline'] } }}
      />
      <Figure label={texts.figures.usersActive} value={overview.activeUsers} of={outOf(overview.totalUsers)} note={texts.figures.maySignIn} link={{ to: '/users', search: { status: 'active' } }} />
      <Figure label={texts.figures.groups} value={overview.totalGroups} note={within} link={{ to: '/groups' }} />
      <Figure label={texts.figures.policies} value={overview.totalPolicies} note={within} link={{ to: '/policies' }} />
    </div>
  )
}
