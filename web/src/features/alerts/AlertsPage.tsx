import { getRouteApi, Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CheckCheck, CircleCheck, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { Alert, AlertStatus } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { ChangeAlertsDialog } from '@/components/ChangeAlertsDialog'
import { FilterChip } from '@/components/FilterChip'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded, NotAllowed } from '@/components/states'
import { SEVERITIES } from '@/components/status'
import { Mark } from '@/components/ui/Badge'
import { Button, buttonClass, IconButton } from '@/components/ui/Button'
import { plural } from '@/lib/numbers'
import { useRowKeys } from '@/lib/rowKeys'
import { useAlerts, type AlertAction, type AlertFilters } from '@/queries/alerts'
import { useRules } from '@/queries/rules'
import { AlertList } from './AlertList'
import { may } from './transitions'

const route = getRouteApi('/frame/alerts')

const ACTIVE: AlertStatus[] = ['open', 'acknowledged']

const TABS: readonly { label: string; status: AlertStatus[] | undefined }[] = [
  { label: 'Active', status: undefined },
  { label: 'Resolved', status: ['resolved'] },
  { label: 'Suppressed', status: ['suppressed'] },
  { label: 'All', status: ['open', 'acknowledged', 'resolved', 'suppressed'] },
]

function Filters({ count }: { count: number | null | undefined }) {
  const { status, severity = [], rule } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: rules } = useRules(useCan('rules:read') && rule !== undefined)
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <nav aria-label="State of the alerts" className="flex rounded-md border border-line bg-surface-1 p-0.5">
        {TABS.map((tab) => {
          const current = (tab.status?.join() ?? '') === (status?.join() ?? '')
          return (
            <Link
              key={tab.label}
              from="/alerts"
              search={({ status: _, ...rest }) => (tab.status ? { ...rest, status: tab.status } : rest)}
              aria-current={current ? 'page' : undefined}
              activeProps={{}}
              className={clsx('flex h-6.5 items-center rounded-sm px-2.5 text-13 touch:h-10', current ? 'bg-surface-3 font-medium' : 'text-text-2 hover:text-text-1')}
            >
              {tab.label}
            </Link>
          )
        })}
      </nav>
      <div role="group" aria-label="Severity" className="flex flex-wrap gap-1">
        {SEVERITIES.map(({ value, word, tone, icon }) => {
          const on = severity.includes(value)
          return (
            <button
              key={value}
              type="button"
              aria-pressed={on}
              onClick={() =>
                void navigate({
                  search: ({ severity: _, ...rest }) => {
                    const next = on ? severity.filter((other) => other !== value) : [...severity, value]
                    return next.length > 0 ? { ...rest, severity: next } : rest
                  },
                  replace: true,
                })
              }
              className={clsx('flex h-8 items-center rounded-md border px-2 text-13 touch:h-11', on ? 'border-accent-text bg-accent-soft' : 'border-line bg-surface-1 hover:border-line-strong')}
            >
              <Mark tone={tone} icon={icon}>
                {word}
              </Mark>
            </button>
          )
        })}
      </div>
      {rule && (
        <FilterChip
          label="Rule"
          value={rules?.find(({ id }) => id === rule)?.name ?? rule}
          onRemove={() => void navigate({ search: ({ rule: _, ...rest }) => rest })}
        />
      )}
      <p role="status" className="ml-auto text-13 text-text-3">
        {typeof count === 'number' && plural(count, 'alert')}
      </p>
    </div>
  )
}

function NoAlerts({ active }: { active: boolean }) {
  const mayWriteRules = useCan('rules:write')
  return active ? (
    <Empty
      icon={CircleCheck}
      title="No active alert"
      action={
        mayWriteRules && (
          <Link to="/rules/new" className={buttonClass()}>
            <Plus aria-hidden className="size-4" />
            New rule
          </Link>
        )
      }
    >
      An alert opens here when the condition of a rule becomes true.
    </Empty>
  ) : (
    <Empty title="No alert matches">No alert has this state and severity.</Empty>
  )
}

interface SelectionBarProps {
  selected: readonly Alert[]
  onChange: (action: AlertAction, alerts: Alert[]) => void
  onClear: () => void
}

function SelectionBar({ selected, onChange, onClear }: SelectionBarProps) {
  const mayAcknowledge = useCan('alerts:acknowledge')
  const mayResolve = useCan('alerts:resolve')
  const acknowledgeable = selected.filter(may.acknowledge)
  const resolvable = selected.filter(may.resolve)
  return (
    <div
      role="region"
      aria-label="Selected alerts"
      className="sticky bottom-3 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line bg-surface-1 p-2 pl-4 text-13 shadow-[0_8px_24px_var(--shadow-color)]"
    >
      {plural(selected.length, 'alert')} selected
      {mayAcknowledge && acknowledgeable.length > 0 && (
        <Button variant="primary" icon={CheckCheck} onClick={() => onChange('acknowledge', acknowledgeable)}>
          Acknowledge {plural(acknowledgeable.length, 'alert')}
        </Button>
      )}
      {mayResolve && resolvable.length > 0 && (
        <Button icon={CircleCheck} onClick={() => onChange('resolve', resolvable)}>
          Resolve {plural(resolvable.length, 'alert')}
        </Button>
      )}
      <IconButton label="Clear selection" icon={X} onClick={onClear} />
    </div>
  )
}

function Alerts() {
  const { status, severity, rule } = route.useSearch()
  const accountId = useAccountFilter()
  const filters: AlertFilters = {
    status: (status ?? ACTIVE).join(','),
    ...(severity && { severity: severity.join(',') }),
    ...(rule && { ruleId: rule }),
    ...(accountId && { accountId }),
  }
  const query = useAlerts(filters)
  const alerts = query.data?.items ?? NONE
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const [change, setChange] = useState<{ action: AlertAction; alerts: Alert[] } | null>(null)
  const mayAcknowledge = useCan('alerts:acknowledge')
  const selected = alerts.filter(({ id }) => selection.has(id))

  const toggle = (id: string) => {
    const next = new Set(selection)
    if (!next.delete(id)) next.add(id)
    setSelection(next)
  }
  const open = (action: AlertAction, chosen: Alert[]) => {
    if (chosen.length > 0) setChange({ action, alerts: chosen })
  }
  useRowKeys({
    ids: alerts.map(({ id }) => id),
    onSelect: toggle,
    ...(mayAcknowledge && {
      onAcknowledge: (focused) => open('acknowledge', (selected.length > 0 ? selected : alerts.filter(({ id }) => id === focused)).filter(may.acknowledge)),
    }),
  })

  return (
    <>
      <AccountBanners />
      <Filters count={query.data?.total} />
      <div className="rounded-lg border border-line bg-surface-1">
        <Loaded query={query} what="the alerts" skeleton={<SkeletonRows rows={6} className="h-15" />}>
          {({ items }) =>
            items.length === 0 ? (
              <NoAlerts active={!status && !severity && !rule} />
            ) : (
              <AlertList alerts={items} view={JSON.stringify(filters)} fading={query.isPlaceholderData} selection={selection} onToggle={toggle} onChange={(action, alert) => open(action, [alert])} />
            )
          }
        </Loaded>
      </div>
      {query.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older alerts
          </Button>
        </div>
      )}
      {selected.length > 0 && <SelectionBar selected={selected} onChange={open} onClear={() => setSelection(new Set())} />}
      {change && (
        <ChangeAlertsDialog
          {...change}
          onClose={() => {
            setChange(null)
            setSelection(new Set())
          }}
        />
      )}
    </>
  )
}

const NONE: readonly Alert[] = []

export function AlertsPage() {
  return useCan('alerts:read') ? <Alerts /> : <NotAllowed what="alerts" permission="alerts:read" />
}
