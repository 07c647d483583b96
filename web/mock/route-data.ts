import type { AlertRoute, AlertRouteInput } from '../src/api/types'
import { done, invalid, list, ok, problem, type Answer } from './answers'
import { before, DAY, HOUR } from './times'
import { RULES } from './rule-ids'

const channelId = (number: number): string => `0193d000-0000-7000-8000-00000000000${number}`

const route = (number: number, { matchers, ...more }: Pick<AlertRoute, 'name' | 'channelIds'> & { matchers: Partial<AlertRoute['matchers']> } & Partial<Omit<AlertRoute, 'matchers'>>): AlertRoute => ({
  id: `0193e500-0000-7000-8000-00000000000${number}`,
  enabled: true,
  matchers: { ruleIds: [], severities: [], accountIds: [], groupIds: [], ...matchers },
  matches: '',
  createdAt: before(30 * DAY),
  updatedAt: before(30 * DAY),
  version: 1,
  ...more,
})

const alertRoutes = (): AlertRoute[] => [
  route(1, { name: 'Critical alerts to everybody', matchers: { severities: ['critical', 'high'] }, channelIds: [channelId(0), channelId(7), channelId(6)], updatedAt: before(HOUR) }),
  route(2, { name: 'The database team', matchers: { ruleIds: [RULES.router, RULES.servers], accountIds: ['acc-hq'], groupIds: ['group-acc-hq-servers'] }, channelIds: [channelId(3)] }),
  route(3, { name: 'Ticket for whatever happens in Field', matchers: { accountIds: ['acc-field'] }, channelIds: [channelId(4)], enabled: false }),
]

/** What the tenant's routes of alerts answer. */
export function answerRoutes(method: string, path: string, body: unknown, isEmpty: boolean): Answer | undefined {
  const [, id] = /^\/api\/alerts\/routes(?:\/([^/]+))?$/.exec(path) ?? []
  if (!path.startsWith('/api/alerts/routes')) return undefined
  const given = body as AlertRouteInput
  const [first] = alertRoutes()
  if (id === undefined) {
    if (method === 'GET') return list(isEmpty ? [] : alertRoutes())
    if (given.name === first?.name) return invalid('/name', 'is the name of another route')
    return ok({ ...first, ...given, version: 1 }, 201)
  }
  const found = alertRoutes().find((one) => one.id === id)
  if (!found) return problem(404, 'not-found', 'Not found', 'There is no such route.')
  if (method === 'DELETE') return done
  return ok(method === 'PUT' ? { ...found, ...given, matchers: { ...found.matchers, ...given.matchers }, version: found.version + 1 } : found)
}
