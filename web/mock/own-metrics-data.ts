import type { OwnMetric } from '../src/api/types'
import { conflict, done, list, problem, type Answer } from './answers'
import { before, DAY, MINUTE } from './times'

const id = (number: number): string => `0193e000-0000-7000-8000-00000000000${number}`

export const ownMetrics = (): OwnMetric[] => [
  { id: id(1), accountId: 'acc-hq', accountName: 'HQ', name: 'backup.age', unit: 'h', tags: { host: 'db1', job: 'nightly' }, lastValue: 26.5, lastAt: before(2 * MINUTE), rules: 1 },
  { id: id(2), accountId: 'acc-hq', accountName: 'HQ', name: 'backup.age', unit: 'h', tags: { host: 'db2', job: 'nightly' }, lastValue: 3.25, lastAt: before(3 * MINUTE), rules: 1 },
  { id: id(3), accountId: 'acc-field', accountName: 'Field', name: 'disk.used', unit: '%', tags: { host: 'edge-07', mount: '/var', site: 'north' }, lastValue: 81, lastAt: before(MINUTE / 2), rules: 0 },
  { id: id(4), accountId: 'acc-field', accountName: 'Field', name: 'queue', unit: '', tags: {}, lastValue: 0, lastAt: before(9 * DAY), rules: 0 },
]

const longMetrics = (): OwnMetric[] =>
  ownMetrics().map((metric) => ({ ...metric, name: metric.name === 'queue' ? `queue.of.${'jobs_that_wait_'.repeat(5)}` : metric.name, unit: metric.unit && 'requests per second', lastValue: metric.lastValue * 123_456_789 }))

/** What was pushed, and what becomes of it. */
export function answerOwnMetrics(method: string, path: string, query: URLSearchParams, scenario: string): Answer | undefined {
  if (method === 'GET' && path === '/api/metrics') {
    const all = scenario === 'empty' ? [] : scenario === 'long-names' ? longMetrics() : ownMetrics()
    return list(all.filter(({ accountId }) => !query.has('accountId') || accountId === query.get('accountId')))
  }
  const asked = method === 'DELETE' ? /^\/api\/metrics\/([^/]+)$/.exec(path)?.[1] : undefined
  if (asked === undefined) return undefined
  const metric = ownMetrics().find((one) => one.id === asked)
  if (!metric) return problem(404, 'not-found', 'Not found', 'There is no such metric.')
  return metric.rules > 0 ? conflict(`${metric.name} (host=db1, job=nightly) is watched by Old backups`) : done
}
