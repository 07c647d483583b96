import { useCan } from '@/api/client'
import { useAlertRoutes } from '@/queries/alertRoutes'
import { routedBy, type Asked, type Routed } from './routed'

/** The routes that alerts of a rule go by; undefined while they are not known. */
export function useRouted(rule: Asked): Routed[] | undefined {
  const { data: routes } = useAlertRoutes(useCan('rules:read'))
  return routes && routedBy(rule, routes)
}
