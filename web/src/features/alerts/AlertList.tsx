import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CheckCheck, CircleCheck } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Alert } from '@/api/types'
import { AlertStatusMark, SeverityBadge } from '@/components/status'
import { Ago, Clock, Lasting } from '@/components/Time'
import { IconButton } from '@/components/ui/Button'
import { WaitingRows } from '@/components/WaitingRows'
import { duration } from '@/lib/time'
import { useSteadyList, type SteadyRow } from '@/lib/steadyList'
import type { AlertAction } from '@/queries/alerts'
import { may } from './transitions'

function Course({ alert }: { alert: Alert }) {
  if (alert.resolvedAt) {
    const lasted = new Date(alert.resolvedAt).getTime() - new Date(alert.triggeredAt).getTime()
    return (
      <>
        <Ago at={alert.resolvedAt} />, after {duration(lasted)}
      </>
    )
  }
  if (alert.suppressedUntil && alert.status === 'suppressed') {
    return (
      <>
        until <Clock at={alert.suppressedUntil} />
      </>
    )
  }
  return alert.acknowledgedBy && alert.acknowledgedAt ? (
    <>
      {alert.acknowledgedBy.name}, <Clock at={alert.acknowledgedAt} />
    </>
  ) : (
    'nobody yet'
  )
}

interface RowProps {
  row: SteadyRow<Alert>
  checked: boolean
  onToggle: () => void
  onChange: (action: AlertAction) => void
}

function Row({ row: { item: alert, gone }, checked, onToggle, onChange }: RowProps) {
  const mayAcknowledge = useCan('alerts:acknowledge') && may.acknowledge(alert)
  const mayResolve = useCan('alerts:resolve') && may.resolve(alert)
  return (
    <li
      data-row={alert.id}
      className={clsx(
        'relative flex min-h-15 items-center gap-3 border-t border-line px-4 py-2 first:border-t-0 focus-within:bg-surface-2 hover:bg-surface-2 max-sm:flex-wrap',
        checked && 'bg-accent-soft',
        gone && 'opacity-50',
      )}
    >
      <input
        type="checkbox"
        aria-label={`Select ${alert.title}`}
        checked={checked}
        onChange={onToggle}
        className="relative z-10 size-4 shrink-0 accent-accent touch:size-5"
      />
      <SeverityBadge severity={alert.severity} className="sm:w-26" />
      <div className="min-w-0 flex-1 max-sm:order-last max-sm:w-full max-sm:flex-none">
        <p className="truncate text-14 max-sm:whitespace-normal">
          <Link to="/alerts/$alertId" params={{ alertId: alert.id }} className="font-medium after:absolute after:inset-0 hover:underline">
            {alert.title}
          </Link>
        </p>
        <p className="text-13 text-text-3 sm:truncate">
          Rule “{alert.ruleName}” · {alert.accountName} · since <Clock at={alert.triggeredAt} />
          {!alert.resolvedAt && (
            <>
              {' '}
              (<Lasting at={alert.triggeredAt} />)
            </>
          )}
        </p>
      </div>
      <div className="text-13 max-sm:ml-auto sm:w-56">
        <AlertStatusMark status={alert.status} />
        <p className="truncate text-text-3 max-sm:sr-only">{gone ? 'no longer listed here' : <Course alert={alert} />}</p>
      </div>
      <div className="relative z-10 flex w-16 justify-end max-sm:hidden">
        {mayAcknowledge && <IconButton label={`Acknowledge: ${alert.title}`} icon={CheckCheck} onClick={() => onChange('acknowledge')} />}
        {mayResolve && <IconButton label={`Resolve: ${alert.title}`} icon={CircleCheck} onClick={() => onChange('resolve')} />}
      </div>
    </li>
  )
}

const idOf = ({ id }: Alert) => id

interface AlertListProps {
  alerts: readonly Alert[]
  view: string
  fading: boolean
  selection: ReadonlySet<string>
  onToggle: (id: string) => void
  onChange: (action: AlertAction, alert: Alert) => void
}

export function AlertList({ alerts, view, fading, selection, onToggle, onChange }: AlertListProps) {
  const steady = useSteadyList(alerts, idOf, view)
  return (
    <>
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      <ul aria-label="Alerts" {...steady.hold} className={clsx(fading && 'opacity-60')}>
        {steady.rows.map((row) => (
          <Row key={row.id} row={row} checked={selection.has(row.id)} onToggle={() => onToggle(row.id)} onChange={(action) => onChange(action, row.item)} />
        ))}
      </ul>
    </>
  )
}
