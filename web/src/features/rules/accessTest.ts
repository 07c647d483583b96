import type { AccessConfig, AlertRule } from '@/api/types'
import { parseEnd, SOURCES, TARGETS, writeEnd, type AccessSearch, type End } from '@/lib/accessEnds'
import { texts } from './formTexts'
import { newDraft, LIMITS, type RuleDraft } from './ruleDraft'
import { kindOf } from './conditions/conditions'

/** The question whose answer a rule watches, as the page of it asks it. */
export function askedBy({ conditionType, conditionConfig, accountId }: Pick<AlertRule, 'conditionType' | 'conditionConfig' | 'accountId'>): AccessSearch | undefined {
  if (conditionType !== 'access' || !accountId) return undefined
  const { from, to, protocol, port } = conditionConfig as AccessConfig
  if (!parseEnd(from, SOURCES) || !parseEnd(to, TARGETS)) return undefined
  return { of: accountId, from, to, ...(protocol && protocol !== 'all' && { protocol }), ...(typeof port === 'number' && { port: String(port) }) }
}

/** The address of a new rule that watches an answer. */
export interface WatchSearch extends Pick<AccessSearch, 'of' | 'protocol' | 'port'> {
  source?: string
  target?: string
  expected?: AccessConfig['expected']
}

interface Named {
  end: End
  name: string
}

/** A draft of a rule that watches whether the one reaches the other. */
export function watching({ of = '', protocol, port = '', expected = 'denied' }: WatchSearch, from: Named, to: Named): RuleDraft {
  const conditionConfig = { ...kindOf('access').blank(), from: writeEnd(from.end), fromName: from.name, to: writeEnd(to.end), toName: to.name, protocol: protocol ?? 'all', port, expected }
  const on = [protocol === undefined ? port && 'port' : protocol.toUpperCase(), port].filter(Boolean).join(' ')
  const name = `${from.name} ${expected === 'allowed' ? texts.watching.mustReach : texts.watching.mustNotReach} ${to.name}${on && texts.watching.on({ on })}`
  return { ...newDraft('access'), name: Array.from(name).slice(0, LIMITS.name).join(''), accountId: of, conditionConfig }
}
