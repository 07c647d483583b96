import { routeSentence } from './routeWords'
import { useGroupsOfRoute, useRouteNames, type Routed } from './useRouteNames'

/** What a route does. */
export function RouteSentence({ route }: { route: Routed }) {
  const { named, channels } = useRouteNames()(route)
  const groups = useGroupsOfRoute(route)
  return routeSentence({ ...named, groups }, channels)
}
