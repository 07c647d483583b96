import { Link, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { CircleAlert } from 'lucide-react'
import type { AuditSummary } from '@/api/types'
import { Bars, type Bar } from '@/components/chart/Bars'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Ago, Clock } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { days, utcDays, utcLabel } from '@/lib/days'
import { byCount, grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { DAY } from '@/lib/time'
import { useAuditSummary, type AuditFilters } from '@/queries/audit'
import { actionWords, kindTitle } from './actions'
import { NOBODY, NOBODY_WORDS } from './auditList'
import { dayBars } from './dayBars'
import { texts } from './texts'

const SHOWN = 6

interface Line {
  id: string
  title: string
  count: number
  /** What narrows the list to it; undefined where it is narrowed so already. */
  change: { user?: string; action?: string } | undefined
}

/** The first of those that did most, or were done most, each a way to its entries. */
function Most({ title, lines, total }: { title: string; lines: readonly Line[]; total: number }) {
  const shown = lines.slice(0, SHOWN)
  const rest = total - shown.reduce((sum, { count }) => sum + count, 0)
  const greatest = shown[0]?.count ?? 1
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1 text-12 text-text-3">{title}</h3>
      <ul>
        {shown.map(({ id, title: words, count, change }) => (
          <li key={id} className="relative flex min-h-8 flex-col justify-center py-1 text-13 touch:min-h-11">
            <div className="flex items-baseline gap-3">
              {change ? (
                <Link to="/audit" search={(search) => ({ ...search, ...change })} resetScroll={false} title={words} className="min-w-0 flex-1 truncate after:absolute after:inset-0 after:rounded-sm hover:underline">
                  {words}
                </Link>
              ) : (
                <span title={words} className="min-w-0 flex-1 truncate">
                  {words}
                </span>
              )}
              <span className="text-text-2 tabular-nums">
                {phrase(byCount(count, texts.summary.countOf), { count: grouped(count), hidden: (words) => <span className="sr-only">{words}</span> })}
              </span>
            </div>
            <div aria-hidden className="mt-1 h-1 rounded-full bg-surface-3">
              <div className="h-full rounded-full bg-accent" style={{ width: `${(100 * count) / greatest}%` }} />
            </div>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="pt-1 text-12 text-text-3">{texts.summary.more({ count: rest })}</p>}
    </section>
  )
}

/** How many, and of which time; where none is chosen the API takes the last 30 days. */
function Total({ summary: { from, to, total, isComplete }, isTimed }: { summary: AuditSummary; isTimed: boolean }) {
  const entries = <strong className="font-semibold text-text-1 tabular-nums">{texts.summary.entries({ count: total })}</strong>
  if (!isComplete) return phrase(texts.summary.since, { entries, when: <Clock at={from} dated /> })
  const last = new Date(Date.parse(to) - 1)
  if (!isTimed) return phrase(texts.summary.lastDays, { entries })
  return Date.parse(from) <= last.getTime() ? phrase(texts.summary.during, { entries, days: days(new Date(from), last) }) : phrase(texts.summary.inThisTime, { entries })
}

/** Says that it does not tell of all the time that was asked for. */
const Cut = () => (
  <p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
    <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
    {texts.summary.cut}
  </p>
)

function barsOf(summary: AuditSummary): Bar[] {
  const found = dayBars(summary)
  const ofYears = found.length > 0 && (found.at(-1)?.last ?? 0) - (found[0]?.first ?? 0) > 300 * DAY
  return found.map(({ first, last, count }) => ({
    value: count,
    words: texts.summary.ofDays({ days: utcDays(new Date(first), new Date(last)), count }),
    label: utcLabel(new Date(first), ofYears),
  }))
}

interface SumsProps {
  summary: AuditSummary
  isNarrowed: boolean
  /** Whether somebody chose of which time. */
  isTimed: boolean
}

function Sums({ summary, isNarrowed, isTimed }: SumsProps) {
  const { total, byUser, byAction, byResourceType } = summary
  const search: { user?: string; action?: string } = useSearch({ strict: false })
  const [first, ...more] = barsOf(summary)
  const chosen = search.action
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-text-2">
        <Total summary={summary} isTimed={isTimed} />
      </p>
      {!summary.isComplete && <Cut />}
      {total === 0 || first === undefined ? (
        <p className="py-6 text-center text-13 text-text-2">{isNarrowed ? texts.summary.nothingNarrowed : texts.summary.nothing}</p>
      ) : (
        <>
          <Bars label={texts.summary.byDay} bars={[first, ...more]} format={grouped} />
          <div className="grid gap-x-8 gap-y-5 sm:grid-cols-3">
            <Most
              title={texts.summary.byUser}
              total={total}
              lines={byUser.map(({ id, name, count }) => ({ id, count, title: id === NOBODY ? NOBODY_WORDS : name, change: id === search.user ? undefined : { user: id } }))}
            />
            <Most title={texts.summary.byAction} total={total} lines={byAction.map(({ name, count }) => ({ id: name, count, title: actionWords(name), change: name === chosen ? undefined : { action: name } }))} />
            {/* An action begins with what it is done to. One that is chosen says more than its kind. */}
            <Most title={texts.summary.byKind} total={total} lines={byResourceType.map(({ name, count }) => ({ id: name, count, title: kindTitle(name), change: chosen === undefined ? { action: name } : undefined }))} />
          </div>
        </>
      )}
    </div>
  )
}

const Waiting = () => (
  <div className="flex flex-col gap-5">
    <Bone className="h-53" />
    <div className="grid gap-x-8 gap-y-5 sm:grid-cols-3">
      <Bone className="h-56" />
      <Bone className="h-56" />
      <Bone className="h-56" />
    </div>
  </div>
)

interface SummaryProps {
  filters: AuditFilters
  isNarrowed: boolean
}

/** How much was done, when, by whom and what, for the filters that are set. */
export function Summary({ filters, isNarrowed }: SummaryProps) {
  const query = useAuditSummary(filters)
  const isTimed = filters.from !== undefined || filters.to !== undefined
  return (
    <Card
      title={texts.summary.title}
      action={query.data && <span className="text-text-3">{phrase(texts.summary.asOf, { when: <Ago at={new Date(query.dataUpdatedAt).toISOString()} /> })}</span>}
      className="mb-4"
    >
      <div aria-busy={query.isPlaceholderData || undefined} className={clsx('px-4 pt-1 pb-4', query.isPlaceholderData && 'opacity-60')}>
        <Loaded query={query} what={texts.summary.what} skeleton={<Waiting />}>
          {(summary) => <Sums summary={summary} isNarrowed={isNarrowed} isTimed={isTimed} />}
        </Loaded>
      </div>
    </Card>
  )
}
