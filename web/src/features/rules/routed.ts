import type { AlertRoute, AlertRule, PeerFilter, Severity } from '@/api/types'
import { peersOf } from './conditions/peers'
import { texts } from './texts'

export interface Asked {
  /** A rule that is written has none yet. */
  id?: string | undefined
  severity: Severity
  /** None looks at each account. */
  accountId?: string | null | undefined
  /** The groups that it names, as the accounts know them; of a rule that is written they are not known. */
  groups?: AlertRule['groups'] | undefined
  /** Says which of the groups it leaves out. */
  conditionConfig?: AlertRule['conditionConfig'] | undefined
}

export interface Routed {
  route: AlertRoute
  /** It matches each alert of the rule, and not only some: those of one account, or about some of the peers. */
  isSure: boolean
}

const fits = <T>(named: readonly T[], value: T | undefined): boolean => named.length === 0 || (value !== undefined && named.includes(value))

/** The groups that it looks at, without those that it leaves out. */
const watched = ({ groups, conditionConfig }: Asked) => groups?.filter(({ name }) => !peersOf((conditionConfig ?? {}) as Partial<PeerFilter>).exceptGroups.includes(name)) ?? []

/** The routes that alerts of a rule go by, as far as its own fields tell: those that match each of them first. */
export function routedBy(rule: Asked, routes: readonly AlertRoute[]): Routed[] {
  const { id, severity, accountId } = rule
  const groups = watched(rule)
  const found = routes.flatMap((route): Routed[] => {
    const { ruleIds, severities, accountIds, groupIds } = route.matchers
    if (!route.enabled || !fits(ruleIds, id) || !fits(severities, severity)) return []
    if (accountId && !fits(accountIds, accountId)) return []
    const looksAtOne = groups.some(({ accounts }) => accounts.some((group) => accountIds.includes(group.accountId) && groupIds.some((id) => id === group.groupId)))
    return [{ route, isSure: (accountIds.length === 0 || Boolean(accountId)) && (groupIds.length === 0 || looksAtOne) }]
  })
  return [...found.filter(({ isSure }) => isSure), ...found.filter(({ isSure }) => !isSure)]
}

/** What is said of a rule none of whose own channels tells at once; `routed` is undefined while the routes are not known. */
export function nobodyWords({ escalation }: Pick<AlertRule, 'escalation'>, routed: readonly Routed[] | undefined): string {
  const isLater = escalation.length > 0
  if (routed?.length === 0) return isLater ? texts.nobodyWords.tellsNobodyAtFirst : texts.nobodyWords.tellsNobodyAlertsShow
  const words = routed ? texts.nobodyWords.onlyRoutes : texts.nobodyWords.noOwn
  return isLater ? words.atFirst : words.ever
}
