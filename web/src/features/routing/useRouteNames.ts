import { useCallback } from 'react'
import { useCan } from '@/api/client'
import type { AlertRoute } from '@/api/types'
import { useAccounts } from '@/queries/accounts'
import { useChannels } from '@/queries/channels'
import { useNames } from '@/queries/found'
import { useRules } from '@/queries/rules'
import { BLANK, type Named } from './routeWords'
import { texts } from './texts'

/** Of a route, or of one that is written. */
export type Routed = Pick<AlertRoute, 'matchers' | 'channelIds'>

/** What of a list is called; while it is not read, a gap. */
const naming =
  (all: readonly { id: string; name: string }[] | undefined, gone: string) =>
  (id: string): string =>
    all?.find((one) => one.id === id)?.name ?? (all ? gone : BLANK)

/** What routes match and whom they tell, by the names of all but their groups. */
export function useRouteNames(): (route: Routed) => { named: Named; channels: string[] } {
  const { data: rules } = useRules(useCan('rules:read'))
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const { data: channels } = useChannels(useCan('rules:read'))
  return useCallback(
    (route) => {
      const { severities, ruleIds, accountIds } = route.matchers
      return {
        named: { severities, rules: ruleIds.map(naming(rules, texts.useRouteNames.deletedRule)), accounts: accountIds.map(naming(accounts, texts.useRouteNames.removedAccount)), groups: [] },
        channels: route.channelIds.map(naming(channels, texts.useRouteNames.deletedChannel)),
      }
    },
    [rules, accounts, channels],
  )
}

/** What the groups of a route are called, which are of its one account. */
export function useGroupsOfRoute(route: Pick<Routed, 'matchers'>): string[] {
  const { accountIds, groupIds } = route.matchers
  const names = useNames(
    accountIds[0],
    groupIds.map((id) => ({ kind: 'group', id })),
  )
  return groupIds.map((id, index) => names[index] ?? (names[index] === null ? texts.useGroupsOfRoute.gone({ id }) : BLANK))
}
