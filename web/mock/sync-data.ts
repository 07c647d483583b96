import type { LoggedSync, SyncLog } from '../src/api/types'
import { ok, problem, type Answer } from './answers'
import { before, HOUR, MINUTE } from './times'

const calls = (...calls: [list: string, outcome: LoggedSync['calls'][number]['outcome'], durationMs: number][]): LoggedSync['calls'] =>
  calls.map(([list, outcome, durationMs]) => ({ list, outcome, durationMs }))

const NOTHING = { peers: 0, configuration: 0, events: 0, lists: 0 }
const NONE = { syncs: 0, leftOut: 0 }

const syncs = (): LoggedSync[] => [
  {
    startedAt: before(34 * MINUTE),
    durationMs: 87,
    outcome: 'changed',
    calls: calls(['peers', 'changed', 31], ['events', 'changed', 22], ['policies', 'changed', 18]),
    changes: { peers: 2, configuration: 1, events: 3, lists: 2 },
    quietBefore: { syncs: 120, medianMs: 41, leftOut: 0 },
  },
  {
    startedAt: before(155 * MINUTE),
    durationMs: 6_200,
    outcome: 'slow',
    calls: calls(['peers', 'same', 6_104], ['events', 'same', 40], ['dns settings', 'withheld', 12]),
    changes: NOTHING,
    quietBefore: NONE,
  },
  {
    startedAt: before(156 * MINUTE),
    durationMs: 30_020,
    outcome: 'failed',
    calls: calls(['events', 'same', 38], ['setup keys', 'unread', 51], ['peers', 'failed', 30_002]),
    changes: NOTHING,
    error: { code: 'timeout', detail: 'The server did not answer within 30 seconds.' },
    quietBefore: { syncs: 1_204, medianMs: 39, leftOut: 0 },
  },
  {
    startedAt: before(23 * HOUR),
    durationMs: 45,
    outcome: 'changed',
    calls: calls(['peers', 'changed', 30], ['events', 'same', 14], ['groups', 'same', 9]),
    changes: { ...NOTHING, lists: 1 },
    quietBefore: { syncs: 3, medianMs: 40, leftOut: 212 },
  },
  {
    startedAt: before(30 * HOUR),
    durationMs: 412,
    outcome: 'changed',
    calls: calls(...['peers', 'groups', 'users', 'policies', 'networks', 'network resources', 'network routers', 'routes', 'posture checks', 'nameserver groups', 'dns settings', 'setup keys', 'accounts', 'events'].map((list) => [list, 'changed', 29] as [string, 'changed', number])),
    changes: { peers: 60, configuration: 0, events: 1_000, lists: 13 },
    quietBefore: NONE,
  },
]

/** The log of an account's syncs. */
export function answerSyncs(path: string, isEmpty: boolean): Answer | undefined {
  const account = /^\/api\/netbird\/accounts\/([^/]+)\/syncs$/.exec(path)?.[1]
  if (account === undefined) return undefined
  if (account !== 'acc-hq') return problem(404, 'not-found', 'Not found', 'There is no such account.')
  const log: SyncLog = isEmpty ? { syncs: [], quietSince: NONE } : { syncs: syncs(), quietSince: { syncs: 33, medianMs: 40, leftOut: 0 } }
  return ok(log)
}
