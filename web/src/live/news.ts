import type { QueryKey } from '@tanstack/react-query'
import { keys } from '@/queries/keys'
import { live } from './status'

/*
 * Which queries are told of what, by the first word of their keys. Whoever may sign in may see all of it: each role reads
 * alerts and networks.
 */

/** What the alerts are counted and listed by. */
export const OF_ALERTS: readonly QueryKey[] = [keys.alerts.all, keys.overview.all]

/** What changes with a peer's status; that it came or went is an event. One peer's own queries are found by its id. */
export const OF_PEERS: readonly QueryKey[] = [keys.peers.all, keys.overview.all, keys.events.all]

/** What may be another after a sync: all that comes from NetBird and is asked for again while it is on screen. */
export const OF_SYNCS: readonly QueryKey[] = [
  keys.accounts,
  keys.overview.all,
  keys.peers.all,
  keys.peer.all,
  keys.peerHistory.all,
  keys.topology.all,
  keys.metrics.all,
  keys.trends.all,
  keys.groups.all,
  keys.setupKeys.all,
  keys.netbirdUsers.all,
  keys.policies.all,
  keys.findings.all,
  keys.postureChecks.all,
  keys.networks.all,
  keys.routes.all,
  keys.nameservers.all,
  keys.events.all,
  keys.changes.all,
  keys.itemChanges.all,
  keys.group.all,
  keys.netbirdUser.all,
  keys.policy.all,
  keys.network.all,
  keys.route.all,
  keys.nameserverGroup.all,
  keys.postureCheck.all,
  keys.setupKey.all,
]

/** What changes by what nobody is told of, too: numbers of one's own may be pushed at any time. */
const UNTOLD: readonly QueryKey[] = [keys.metrics.all]

const TOLD: ReadonlySet<unknown> = new Set(
  [...OF_ALERTS, ...OF_PEERS, ...OF_SYNCS].filter((key) => !UNTOLD.includes(key)).map(([word]) => word),
)

/** Whether the answer of a query is as of now without being asked for: whatever changes it is told. */
export function isTold(key: QueryKey, updatedAt: number): boolean {
  const { state } = live.getState()
  return state.is === 'live' && updatedAt >= state.sureFrom && TOLD.has(key[0])
}
