import { getRouteApi, Link } from '@tanstack/react-router'
import { CheckCheck, CircleCheck, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useCan } from '@/api/client'
import type { Alert, AlertStatus } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { ChangeAlertsDialog } from '@/components/ChangeAlertsDialog'
import { useListAddress } from '@/components/list/address'
import { List } from '@/components/list/List'
import { useSelection } from '@/components/list/selection'
import { SelectionBar } from '@/components/list/SelectionBar'
import { NotAllowed, Empty } from '@/components/states'
import { Tabs } from '@/components/ui/Tabs'
import { Button, buttonClass } from '@/components/ui/Button'
import { plural } from '@/lib/numbers'
import { useAlerts, type AlertAction } from '@/queries/alerts'
import { given } from '@/queries/pages'
import { useRules } from '@/queries/rules'
import { alertList } from './alertList'
import { may } from './transitions'

const route = getRouteApi('/frame/alerts')

const ACTIVE: AlertStatus[] = ['open', 'acknowledged']

const TABS: readonly { label: string; status: AlertStatus[] | undefined }[] = [
  { label: 'Active', status: undefined },
  { label: 'Resolved', status: ['resolved'] },
  { label: 'Suppressed', status: ['suppressed'] },
  { label: 'All', status: ['open', 'acknowledged', 'resolved', 'suppressed'] },
]

/** The statuses that people ask for together. */
function StatusTabs() {
  const { status } = route.useSearch()
  return (
    <Tabs
      label="State of the alerts"
      tabs={TABS.map((tab) => ({ label: tab.label, isCurrent: (tab.status?.join() ?? '') === (status?.join() ?? ''), change: { status: tab.status } }))}
    />
  )
}

function NoAlerts() {
  const { status } = route.useSearch()
  const mayWriteRules = useCan('rules:write')
  if (status) return <Empty title="No alert here">No alert has this state.</Empty>
  return (
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
  )
}

interface ActsProps {
  selected: readonly Alert[]
  onChange: (action: AlertAction, alerts: Alert[]) => void
  onClear: () => void
}

function Acts({ selected, onChange, onClear }: ActsProps) {
  const mayAcknowledge = useCan('alerts:acknowledge')
  const mayResolve = useCan('alerts:resolve')
  const acknowledgeable = selected.filter(may.acknowledge)
  const resolvable = selected.filter(may.resolve)
  return (
    <SelectionBar label="Selected alerts" says={`${plural(selected.length, 'alert')} selected`} onClear={onClear}>
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
    </SelectionBar>
  )
}

function Alerts() {
  const [change, setChange] = useState<{ action: AlertAction; alerts: Alert[] } | null>(null)
  const mayAcknowledge = useCan('alerts:acknowledge')
  const mayResolve = useCan('alerts:resolve')
  const { data: rules } = useRules(useCan('rules:read'))
  const definition = useMemo(() => alertList({ rules: rules ?? [], mayAcknowledge, mayResolve, onChange: (action, alert) => setChange({ action, alerts: [alert] }) }), [rules, mayAcknowledge, mayResolve])
  const { filters } = useListAddress(definition)
  const accountId = useAccountFilter()
  const list = useAlerts(given({ status: (filters.status ?? ACTIVE).join(','), severity: filters.severity?.join(','), ruleId: filters.rule?.[0], accountId }))
  const alerts = list.items ?? NONE
  const selection = useSelection()
  const selected = alerts.filter(({ id }) => selection.ids.has(id))
  const open = (action: AlertAction, chosen: Alert[]) => {
    if (chosen.length > 0) setChange({ action, alerts: chosen })
  }

  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        lead={<StatusTabs />}
        selection={selection}
        empty={<NoAlerts />}
        {...(mayAcknowledge && {
          onAcknowledge: (focused: string | undefined) => open('acknowledge', (selected.length > 0 ? selected : alerts.filter(({ id }) => id === focused)).filter(may.acknowledge)),
        })}
      />
      {selected.length > 0 && <Acts selected={selected} onChange={open} onClear={() => selection.set([])} />}
      {change && (
        <ChangeAlertsDialog
          {...change}
          onClose={(unchanged) => {
            setChange(null)
            if (unchanged) selection.set(unchanged.map(({ id }) => id))
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
