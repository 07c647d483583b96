import { CircleCheck, CirclePause } from 'lucide-react'
import { useCan } from '@/api/client'
import type { AlertRoute } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { Badge } from '@/components/ui/Badge'
import { Switch } from '@/components/ui/Switch'
import { useUpdateAlertRoute } from '@/queries/alertRoutes'
import { switched } from './routeDraft'

export const STATES = [
  { value: 'on', label: 'On', tone: 'ok', icon: CircleCheck },
  { value: 'off', label: 'Off', tone: 'muted', icon: CirclePause },
] as const

/** Switches a route on and off. */
export function RouteSwitch({ route }: { route: AlertRoute }) {
  const change = useUpdateAlertRoute(route)
  const { name, enabled } = route
  const state = STATES[enabled ? 0 : 1]
  if (!useCan('rules:write')) {
    return (
      <Badge tone={state.tone} icon={state.icon}>
        {state.label}
      </Badge>
    )
  }
  const onChange = (on: boolean) =>
    change.mutate(switched(route, on), {
      onSuccess: () => announce(on ? `“${name}” is on.` : `“${name}” is off: it tells nobody.`),
      onError: announceFailure,
    })
  return <Switch label={`Use: ${name}`} checked={enabled} busy={change.isPending} onChange={onChange} />
}
