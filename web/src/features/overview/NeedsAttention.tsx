import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CheckCheck, CircleCheck, Plus } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { Alert, DashboardOverview } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { SeverityBadge } from '@/components/status'
import { Ago, Clock, Lasting } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
import { part } from '@/components/ui/part'
import { Card } from '@/components/ui/Card'
import { WaitingRows } from '@/components/WaitingRows'
import { grouped } from '@/lib/numbers'
import { useSteadyList } from '@/lib/steadyList'
import type { AlertAction } from '@/queries/alerts'

const ChangeAlertsDialog = part(async () => ({ default: (await import('@/components/ChangeAlertsDialog')).ChangeAlertsDialog }), { close: ({ onClose }) => onClose() })

const SHOWN = 5

const idOf = ({ id }: Alert) => id

interface AlertRowProps {
  alert: Alert
  /** It needs attention no more, and stays while the pointer is here. */
  gone: boolean
  onChange: (action: AlertAction) => void
}

function AlertRow({ alert, gone, onChange }: AlertRowProps) {
  const mayAcknowledge = useCan('alerts:acknowledge')
  const mayResolve = useCan('alerts:resolve')
  return (
    <li className={clsx('flex flex-wrap items-center gap-x-3.5 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 sm:flex-nowrap', gone && 'opacity-50')}>
      <SeverityBadge severity={alert.severity} className="sm:w-28" />
      <div className="w-full min-w-0 max-sm:order-last sm:flex-1">
        <p className="text-14">
          <Link to="/alerts/$alertId" params={{ alertId: alert.id }} className="font-medium hover:underline">
            {alert.title}
          </Link>
        </p>
        <p className="text-13 text-text-3 sm:truncate">
          Rule “{alert.ruleName}” · since <Clock at={alert.triggeredAt} /> (<Lasting at={alert.triggeredAt} />)
          {alert.toldTo.length > 0 && ` · notified ${alert.toldTo.join(', ')}`}
        </p>
      </div>
      <span className="ml-auto text-13 whitespace-nowrap text-text-3">
        {alert.acknowledgedBy && alert.acknowledgedAt ? (
          <>
            {alert.acknowledgedBy.name}, <Clock at={alert.acknowledgedAt} />
          </>
        ) : (
          'nobody yet'
        )}
      </span>
      {alert.status === 'open' && mayAcknowledge && (
        <Button icon={CheckCheck} aria-label={`Acknowledge: ${alert.title}`} onClick={() => onChange('acknowledge')}>
          Acknowledge
        </Button>
      )}
      {alert.status === 'acknowledged' && mayResolve && (
        <Button icon={CircleCheck} aria-label={`Resolve: ${alert.title}`} onClick={() => onChange('resolve')}>
          Resolve
        </Button>
      )}
    </li>
  )
}

function Quiet({ overview }: { overview: DashboardOverview }) {
  const lastEnd = overview.recentAlerts
    .flatMap(({ resolvedAt }) => (resolvedAt ? [resolvedAt] : []))
    .sort()
    .at(-1)
  const mayWriteRules = useCan('rules:write')
  if (overview.rules === 0) {
    return (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-4">
        <p className="min-w-0 flex-1 text-13 text-text-2">No rule watches this network yet, so nobody is alerted when something goes wrong.</p>
        {mayWriteRules && (
          <Link to="/rules/templates" className={buttonClass('primary')}>
            <Plus aria-hidden className="size-4" />
            Create the first rules
          </Link>
        )}
      </div>
    )
  }
  return (
    <p className="flex items-center gap-2 px-4 pb-4 text-14">
      <CircleCheck aria-hidden className="size-4 shrink-0 text-ok-text" />
      <span>
        No alert is open{' '}
        <span className="text-text-3">
          {lastEnd ? (
            <>
              · the last one ended <Ago at={lastEnd} />
            </>
          ) : (
            '· there has been none yet'
          )}
        </span>
      </span>
    </p>
  )
}

export function NeedsAttention({ overview }: { overview: DashboardOverview }) {
  const [change, setChange] = useState<{ alert: Alert; action: AlertAction } | null>(null)
  // The server ranks them, out of all that there are: the worst first, and of those the oldest.
  const worst = overview.needsAttention
  const { total, open, acknowledged } = overview.activeAlerts
  const more = total - Math.min(worst.length, SHOWN)
  const steady = useSteadyList(worst, idOf, useAccountFilter() ?? 'all')
  return (
    <Card
      title="Needs attention"
      note={
        total > 0 ? [open.total > 0 && `${grouped(open.total)} open`, acknowledged.total > 0 && `${grouped(acknowledged.total)} acknowledged`].filter(Boolean).join(' · ') : undefined
      }
      action={
        <Link to="/alerts" className="text-accent-text hover:underline">
          All alerts
        </Link>
      }
    >
      <WaitingRows count={steady.waiting} onShow={steady.showWaiting} />
      {steady.rows.length === 0 ? (
        <Quiet overview={overview} />
      ) : (
        <ul {...steady.hold}>
          {steady.rows.slice(0, SHOWN).map(({ id, item: alert, gone }) => (
            <AlertRow key={id} alert={alert} gone={gone} onChange={(action) => setChange({ alert, action })} />
          ))}
          {more > 0 && (
            <li className="border-t border-line px-4 py-2 text-13">
              <Link to="/alerts" className="text-accent-text hover:underline">
                {grouped(more)} more
              </Link>
            </li>
          )}
        </ul>
      )}
      {change && <ChangeAlertsDialog action={change.action} alerts={[change.alert]} onClose={() => setChange(null)} />}
    </Card>
  )
}
