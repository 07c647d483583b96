import { CircleCheck, CirclePause } from 'lucide-react'
import { useCan } from '@/api/client'
import type { AlertRoute } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { Badge } from '@/components/ui/Badge'
import { Switch } from '@/components/ui/Switch'
import { useUpdateAlertRoute } from '@/queries/alertRoutes'
import { switched } from './routeDraft'
import { texts } from './texts'

export const STATES = [
  { value: 'on', label: texts.states.on, tone: 'ok', icon: CircleCheck },
  { value: 'off', label: texts.states.off, tone: 'muted', icon: CirclePause },
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
      onSuccess: () => announce(on ? texts.routeSwitch.on({ name }) : texts.routeSwitch.offTellsNobody({ name })),
      onError: announceFailure,
    })
  return <Switch label={texts.routeSwitch.use({ name })} checked={enabled} busy={change.isPending} onChange={onChange} />
}
