import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CheckCheck, CircleCheck, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useCan } from '@/api/client'
import type { Alert, DashboardOverview } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { SeverityBadge } from '@/components/status'
import { Ago, Clock, Lasting } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
import { part } from '@/components/ui/part'
import { Card } from '@/components/ui/Card'
import { WaitingRows } from '@/components/WaitingRows'
import { listed } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { useSteadyList } from '@/lib/steadyList'
import type { AlertAction } from '@/queries/alerts'
import { texts } from './texts'

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
  const about = { rule: alert.ruleName, when: <Clock at={alert.triggeredAt} />, lasting: <Lasting at={alert.triggeredAt} /> }
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
          {alert.toldTo.length > 0 ? phrase(texts.alertRow.notified, { ...about, told: listed(alert.toldTo) }) : phrase(texts.alertRow.since, about)}
        </p>
      </div>
      <span className="ml-auto text-13 whitespace-nowrap text-text-3">
        {alert.acknowledgedBy && alert.acknowledgedAt ? (
          phrase(texts.alertRow.acknowledgedBy, { name: alert.acknowledgedBy.name, when: <Clock at={alert.acknowledgedAt} /> })
        ) : (
          texts.alertRow.nobodyYet
        )}
      </span>
      {alert.status === 'open' && mayAcknowledge && (
        <Button icon={CheckCheck} aria-label={texts.alertRow.acknowledgeThis({ title: alert.title })} onClick={() => onChange('acknowledge')}>
          {texts.alertRow.acknowledge}
        </Button>
      )}
      {alert.status === 'acknowledged' && mayResolve && (
        <Button icon={CircleCheck} aria-label={texts.alertRow.resolveThis({ title: alert.title })} onClick={() => onChange('resolve')}>
          {texts.alertRow.resolve}
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
  const quiet = (words: ReactNode) => <span className="text-text-3">{words}</span>
  if (overview.rules === 0) {
    return (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-4">
        <p className="min-w-0 flex-1 text-13 text-text-2">{texts.quiet.noRules}</p>
        {mayWriteRules && (
          <Link to="/rules/templates" className={buttonClass('primary')}>
            <Plus aria-hidden className="size-4" />
            {texts.quiet.createRules}
          </Link>
        )}
      </div>
    )
  }
  return (
    <p className="flex items-center gap-2 px-4 pb-4 text-14">
      <CircleCheck aria-hidden className="size-4 shrink-0 text-ok-text" />
      <span>
        {lastEnd ? phrase(texts.quiet.sinceLast, { quiet, when: <Ago at={lastEnd} /> }) : phrase(texts.quiet.never, { quiet })}
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
      title={texts.needsAttention.title}
      note={
        total > 0 ? [open.total > 0 && texts.needsAttention.open({ count: open.total }), acknowledged.total > 0 && texts.needsAttention.acknowledged({ count: acknowledged.total })].filter(Boolean).join(' · ') : undefined
      }
      action={
        <Link to="/alerts" className="text-accent-text hover:underline">
          {texts.needsAttention.allAlerts}
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
                {texts.needsAttention.more({ count: more })}
              </Link>
            </li>
          )}
        </ul>
      )}
      {change && <ChangeAlertsDialog action={change.action} alerts={[change.alert]} onClose={() => setChange(null)} />}
    </Card>
  )
}
