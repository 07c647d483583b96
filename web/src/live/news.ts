import type { QueryKey } from '@tanstack/react-query'
import { live } from './status'

/*
 * Which queries are told of what, by the first word of their keys. Whoever may sign in may see all of it: each role reads
 * alerts and networks.
 */

/** What the alerts are counted and listed by. */
export const OF_ALERTS: readonly string[] = ['alerts', 'overview']

/** What changes with a peer's status; that it came or went is an event. One peer's own queries are found by its id. */
export const OF_PEERS: readonly string[] = ['peers', 'overview', 'events']

/** What may be another after a sync: all that comes from NetBird and is asked for again while it is on screen. */
export const OF_SYNCS: readonly string[] = [
  'accounts',
  'overview',
  'peers',
  'peer',
  'peer-history',
  'topology',
  'metrics',
  'trends',
  'groups',
  'setup-keys',
  'netbird-users',
  'policies',
  'findings',
  'posture-checks',
  'networks',
  'routes',
  'nameservers',
  'events',
  'changes',
  'item-changes',
  'group',
  'netbird-user',
  'policy',
  'network',
  'route',
  'nameserver-group',
  'posture-check',
  'setup-key',
]

/** What changes by what nobody is told of, too: numbers of one's own may be pushed at any time. */
const UNTOLD: readonly string[] = ['metrics']

const TOLD: ReadonlySet<unknown> = new Set([...OF_ALERTS, ...OF_PEERS, ...OF_SYNCS].filter((key) => !UNTOLD.includes(key)))

/** Whether the answer of a query is as of now without being asked for: whatever changes it is told. */
export function isTold(key: QueryKey, updatedAt: number): boolean {
  const { state } = live.getState()
  return state.is === 'live' && updatedAt >= state.sureFrom && TOLD.has(key[0])
}
