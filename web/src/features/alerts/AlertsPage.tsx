import { getRouteApi, Link } from '@tanstack/react-router'
import { Bell, BellOff, CheckCheck, CircleAlert, CircleCheck, Plus, type LucideIcon } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useCan, useUser, type Permission } from '@/api/client'
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
import { useAlerts, type AlertAction, type Unchanged } from '@/queries/alerts'
import { given } from '@/queries/pages'
import { usePeerName } from '@/queries/peers'
import { useRules } from '@/queries/rules'
import { alertList } from './alertList'
import { texts } from './texts'
import { may } from './transitions'

const route = getRouteApi('/frame/alerts')

const ACTIVE: AlertStatus[] = ['open', 'acknowledged']

const TABS: readonly { label: string; status: AlertStatus[] | undefined }[] = [
  { label: texts.tabs.active, status: undefined },
  { label: texts.tabs.resolved, status: ['resolved'] },
  { label: texts.tabs.suppressed, status: ['suppressed'] },
  { label: texts.tabs.all, status: ['open', 'acknowledged', 'resolved', 'suppressed'] },
]

/** The statuses that people ask for together. */
function StatusTabs() {
  const { status } = route.useSearch()
  return (
    <Tabs
      label={texts.statusTabs.stateAlerts}
      tabs={TABS.map((tab) => ({ label: tab.label, isCurrent: (tab.status?.join() ?? '') === (status?.join() ?? ''), change: { status: tab.status } }))}
    />
  )
}

function NoAlerts() {
  const { status } = route.useSearch()
  const mayWriteRules = useCan('rules:write')
  if (status) return <Empty title={texts.noAlerts.title}>{texts.noAlerts.noAlertHasState}</Empty>
  return (
    <Empty
      icon={CircleCheck}
      title={texts.noAlerts.noActiveAlert}
      action={
        mayWriteRules && (
          <Link to="/rules/new" className={buttonClass()}>
            <Plus aria-hidden className="size-4" />
            {texts.noAlerts.newRule}
          </Link>
        )
      }
    >
      {texts.noAlerts.alertOpensHereWhen}
    </Empty>
  )
}

/** As many are named with their reasons; the others are counted. */
const NAMED = 3

/** Why alerts that are still selected stayed as they were. */
function Reasons({ reasons }: { reasons: readonly Unchanged[] }) {
  const rest = reasons.length - NAMED
  return (
    <ul aria-label={texts.reasons.whyTheyStayedAs} className="w-0 min-w-full border-t border-line pt-1.5 pr-2 text-12">
      {reasons.slice(0, NAMED).map(({ alert, error }) => (
        <li key={alert.id} className="flex items-start gap-1.5 py-0.5">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-bad-text" />
          <span className="min-w-0 wrap-anywhere">
            <span className="font-medium">{alert.title}</span>: {error.message}
          </span>
        </li>
      ))}
      {rest > 0 && <li className="pl-5 text-text-3">{texts.reasons.and({ rest })}</li>}
    </ul>
  )
}

interface ActsProps {
  selected: readonly Alert[]
  /** Of the last try. */
  unchanged: readonly Unchanged[]
  onChange: (action: AlertAction, alerts: Alert[]) => void
  onClear: () => void
}

/** What can be done with what is selected, in the order of the bar. */
const ACTS = [
  { action: 'acknowledge', permission: 'alerts:acknowledge', verb: texts.acts.acknowledge, icon: CheckCheck },
  { action: 'resolve', permission: 'alerts:resolve', verb: texts.acts.resolve, icon: CircleCheck },
  { action: 'suppress', permission: 'alerts:suppress', verb: texts.acts.suppress, icon: BellOff },
  { action: 'reopen', permission: 'alerts:suppress', verb: texts.acts.reopen, icon: Bell },
] as const satisfies readonly { action: AlertAction; permission: Permission; verb: string; icon: LucideIcon }[]

function Acts({ selected, unchanged, onChange, onClear }: ActsProps) {
  const { permissions } = useUser()
  const ids = new Set(selected.map(({ id }) => id))
  const reasons = unchanged.filter(({ alert }) => ids.has(alert.id))
  const possible = ACTS.map((act) => ({ ...act, alerts: selected.filter(may[act.action]) })).filter(({ permission, alerts }) => permissions.includes(permission) && alerts.length > 0)
  return (
    <SelectionBar label={texts.acts.selectedAlerts} says={texts.acts.selected({ selected: selected.length })} onClear={onClear} below={reasons.length > 0 && <Reasons reasons={reasons} />}>
      {possible.map(({ action, verb, icon, alerts }, index) => (
        <Button key={action} {...(index === 0 && { variant: 'primary' })} icon={icon} className="max-sm:grow" onClick={() => onChange(action, alerts)}>
          {verb} {texts.acts.alertsCount({ alerts: alerts.length })}
        </Button>
      ))}
    </SelectionBar>
  )
}

function Alerts() {
  const [change, setChange] = useState<{ action: AlertAction; alerts: Alert[] } | null>(null)
  const mayAcknowledge = useCan('alerts:acknowledge')
  const mayResolve = useCan('alerts:resolve')
  const { data: rules } = useRules(useCan('rules:read'))
  const { peer } = route.useSearch()
  const [peerAccount, peerId] = peer === undefined ? [] : [peer.slice(0, peer.indexOf('/')), peer.slice(peer.indexOf('/') + 1)]
  const peerName = usePeerName(peerId, peerAccount)
  const definition = useMemo(
    () => alertList({ rules: rules ?? [], peerName, mayAcknowledge, mayResolve, onChange: (action, alert) => setChange({ action, alerts: [alert] }) }),
    [rules, peerName, mayAcknowledge, mayResolve],
  )
  const { filters } = useListAddress(definition)
  const accountId = useAccountFilter()
  const list = useAlerts(given({ status: (filters.status ?? ACTIVE).join(','), severity: filters.severity?.join(','), ruleId: filters.rule?.[0], accountId: peerAccount ?? accountId, peerId }))
  const alerts = list.items ?? NONE
  const selection = useSelection()
  const [unchanged, setUnchanged] = useState<readonly Unchanged[]>([])
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
      {selected.length > 0 && <Acts selected={selected} unchanged={unchanged} onChange={open} onClear={() => selection.set([])} />}
      {change && (
        <ChangeAlertsDialog
          {...change}
          onClose={(left) => {
            setChange(null)
            if (!left) return
            setUnchanged(left)
            selection.set(left.map(({ alert }) => alert.id))
          }}
        />
      )}
    </>
  )
}

const NONE: readonly Alert[] = []

export function AlertsPage() {
  return useCan('alerts:read') ? <Alerts /> : <NotAllowed what={texts.alertsPage.alerts} permission="alerts:read" />
}
