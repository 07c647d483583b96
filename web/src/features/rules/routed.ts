import type { AlertRoute, AlertRule, Severity } from '@/api/types'

interface Asked {
  /** A rule that is written has none yet. */
  id?: string | undefined
  severity: Severity
  /** None looks at each account. */
  accountId?: string | null | undefined
  /** The groups that it looks at, as the accounts know them; of a rule that is written they are not known. */
  groups?: AlertRule['groups'] | undefined
}

export interface Routed {
  route: AlertRoute
  /** It matches each alert of the rule, and not only some: those of one account, or about some of the peers. */
  isSure: boolean
}

const fits = <T>(named: readonly T[], value: T | undefined): boolean => named.length === 0 || (value !== undefined && named.includes(value))

/** The routes that alerts of a rule go by, as far as its own fields tell: those that match each of them first. */
export function routedBy({ id, severity, accountId, groups }: Asked, routes: readonly AlertRoute[]): Routed[] {
  const found = routes.flatMap((route): Routed[] => {
    const { ruleIds, severities, accountIds, groupIds } = route.matchers
    if (!route.enabled || !fits(ruleIds, id) || !fits(severities, severity)) return []
    if (accountId && !fits(accountIds, accountId)) return []
    const looksAtOne = groups?.some(({ accounts }) => accounts.some((group) => accountIds.includes(group.accountId) && groupIds.some((id) => id === group.groupId))) ?? false
    return [{ route, isSure: (accountIds.length === 0 || Boolean(accountId)) && (groupIds.length === 0 || looksAtOne) }]
  })
  return [...found.filter(({ isSure }) => isSure), ...found.filter(({ isSure }) => !isSure)]
}
