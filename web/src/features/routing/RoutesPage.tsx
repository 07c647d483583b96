import { Split } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { AlertRoute, Severity } from '@/api/types'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { nameColumn, NewLink } from '@/components/setUp/links'
import { Empty, NotAllowed } from '@/components/states'
import { SEVERITIES } from '@/components/status'
import { useAlertRoutes } from '@/queries/alertRoutes'
import { RouteSentence } from './RouteSentence'
import { RouteSwitch, STATES } from './RouteSwitch'
import { routeSentence } from './routeWords'
import { texts } from './texts'
import { useRouteNames } from './useRouteNames'

/** Of those that name none, any. */
function severitiesOf(route: AlertRoute): readonly Severity[] {
  const { severities } = route.matchers
  return severities.length === 0 ? SEVERITIES.map(({ value }) => value) : severities
}

/** What is read of a route beside its own fields is in its words. */
const definition = (words: (route: AlertRoute) => string): ListDefinition<AlertRoute> => ({
  id: 'routing',
  label: texts.definition.routing,
  one: texts.definition.route,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: nameColumn('route'),
  columns: [
    {
      id: 'state',
      title: texts.definition.state,
      width: 100,
      priority: 10,
      card: 'beside',
      text: ({ enabled }) => STATES[enabled ? 0 : 1].label,
      cell: (route) => (
        <span className="relative z-10 -my-1.5 inline-block">
          <RouteSwitch route={route} />
        </span>
      ),
    },
  ],
  more: [{ title: texts.definition.whatDoes, text: words }],
  filters: [
    { id: 'state', title: texts.definition.state, several: true, options: STATES, of: ({ enabled }) => [enabled ? 'on' : 'off'] },
    { id: 'severity', title: texts.definition.severity, several: true, options: SEVERITIES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })), of: severitiesOf },
  ],
  searches: texts.definition.nameRuleChannel,
  detail: (route) => (
    <p className="min-w-0 text-13 wrap-anywhere text-text-2">
      <RouteSentence route={route} />
    </p>
  ),
})

function Routes() {
  const names = useRouteNames()
  const list = useMemo(
    () =>
      definition((route) => {
        const { named, channels } = names(route)
        return routeSentence(named, channels)
      }),
    [names],
  )
  return (
    <List
      definition={list}
      list={useWholeList(useAlertRoutes(), list)}
      action={<NewLink kind="route" />}
      empty={
        <Empty icon={Split} title={texts.routes.title} action={<NewLink kind="route" />}>
          {texts.routes.ruleTellsItsOwn}
        </Empty>
      }
    />
  )
}

export function RoutesPage() {
  return useCan('rules:read') ? <Routes /> : <NotAllowed what={texts.routesPage.routesAlerts} permission="rules:read" />
}
