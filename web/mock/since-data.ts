import type { AccessDifferences, AccessSince } from '../src/api/types'
import { invalid, ok, problem, type Answer } from './answers'
import { changes } from './change-data'
import { answerDifference, type DifferenceWay } from './difference-data'

const DECIDING = ['groups', 'policies', 'networks', 'network_resources', 'network_routers', 'routes', 'posture_checks']

const DAY = 86_400_000

/** What opened and closed since a moment. */
export function answerSince(query: URLSearchParams, scenario: string, way: DifferenceWay, isFile: boolean): Answer {
  const since = query.get('since') ?? ''
  const days = (Date.now() - Date.parse(since)) / DAY
  if (days < 0) return invalid('/since', 'must not be in the future')
  if (days > 60) return invalid('/since', 'must not be before the account was connected')
  if (way === 'too-large') return problem(409, 'conflict', 'Not possible as things are', 'more than 5000 things, or too much of them, changed since then: choose a later moment')
  const accountId = query.get('accountId') ?? 'acc-hq'
  const asked = accountId === 'acc-hq' ? [{ type: 'policy_delete' as const, id: 'laptops' }, { type: 'policy_switch' as const, id: 'default', enabled: true }] : []
  const found = answerDifference({ accountId, changes: asked }, scenario, way, query, isFile)
  if (found === 'never' || found.status !== 200 || isFile) return found
  const isUncertain = days > 2
  const told = changes()
    .filter(({ resource, at }) => accountId === 'acc-hq' && DECIDING.includes(resource) && at >= since)
    .slice(0, way === 'unchanged' ? 0 : undefined)
  const body: AccessSince = {
    since,
    difference: found.body as AccessDifferences,
    incomplete: isUncertain
      ? [
          { resource: 'policies', itemId: 'laptops', itemName: 'Laptops to servers', why: 'what it was is too large to be kept' },
          { resource: 'networks', why: 'the list was read anew: what changed until then is not known' },
        ]
      : [],
    omittedIncomplete: isUncertain && way === 'cut' ? 12 : 0,
    changes: told,
    omittedChanges: way === 'cut' ? 1240 : 0,
  }
  return ok(body)
}
