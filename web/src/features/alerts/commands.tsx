import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Bell, CheckCheck, CircleCheck } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Alert } from '@/api/types'
import type { Command } from '@/components/commands'
import { part } from '@/components/ui/part'
import { activeAlertsQuery } from '@/queries/alerts'
import { texts } from './texts'
import { may } from './transitions'

const loadDialog = async () => ({ default: (await import('@/components/ChangeAlertsDialog')).ChangeAlertsDialog })

const ChangeAlerts = part(loadDialog, { close: ({ onClose }) => onClose() })

/** The alerts that are not over, and what can be done about each. */
export function useAlertCommands(): Command[] {
  const navigate = useNavigate()
  const alerts = useQuery({ ...activeAlertsQuery, enabled: useCan('alerts:read') })
  const mayAcknowledge = useCan('alerts:acknowledge')
  const mayResolve = useCan('alerts:resolve')
  const act = (action: 'acknowledge' | 'resolve', alert: Alert): Command => ({
    id: `${action}-${alert.id}`,
    group: 'Actions',
    label: texts.commands[action](alert),
    note: alert.accountName,
    icon: action === 'acknowledge' ? CheckCheck : CircleCheck,
    isAct: true,
    dialog: (onClose) => <ChangeAlerts action={action} alerts={[alert]} onClose={onClose} />,
  })
  return (alerts.data ?? []).flatMap((alert) => [
    {
      id: `alert-${alert.id}`,
      group: 'Alerts' as const,
      label: alert.title,
      note: alert.accountName,
      icon: Bell,
      run: () => void navigate({ to: '/alerts/$alertId', params: { alertId: alert.id } }),
    },
    ...(mayAcknowledge && may.acknowledge(alert) ? [act('acknowledge', alert)] : []),
    ...(mayResolve && may.resolve(alert) ? [act('resolve', alert)] : []),
  ])
}
