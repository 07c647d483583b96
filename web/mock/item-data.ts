import type { Use } from '../src/api/types'
import { nameserverGroups, postureChecks, routes, setupKeys } from './access-data'
import { ok, problem, type Answer } from './answers'
import { groups, peers } from './data'
import { networks, policies, users } from './network-data'
import { before, MINUTE } from './times'

export type ItemWay = 'usual' | 'nothing' | 'unread' | 'many'

interface Owned {
  id: string
  accountId: string
}

const LONG = 'Everything that the vans on the road may do with the warehouse in Lyon'

const usage = (kind: Use['kind'], id: string, name: string, as: Use['as'], more: Partial<Use> = {}): Use => ({ kind, id, name, as, ...more })

const policy = (id: string, as: Use['as'], more: Partial<Use> = {}): Use => {
  const { name = id, enabled = true } = policies().find((one) => one.id === id) ?? {}
  return usage('policy', id, name, as, { isOn: enabled, ...more })
}

const ofGroup: Use[] = [
  policy('default', ['source', 'destination']),
  policy('laptops', ['destination']),
  usage('policy', 'field', LONG, ['source'], { isOn: true }),
  usage('network-resource', 'subnet', 'subnet', ['member'], { isOn: true, network: { id: 'office', name: 'office' } }),
  usage('network-resource', 'backup host', 'backup host', ['member'], { isOn: false, network: { id: 'datacenter', name: 'datacenter' } }),
  usage('network-router', 'dc', 'datacenter', ['routing-peer'], { isOn: true, network: { id: 'datacenter', name: 'datacenter' } }),
  usage('route', 'route-dnsroute', 'dnsroute', ['routing-peer', 'distribution'], { isOn: true }),
  usage('route', 'route-spare', 'spare', ['access-control'], { isOn: false }),
  usage('nameserver', 'dns-corp dns', 'corp dns', ['distribution'], { isOn: true }),
  { kind: 'dns-settings', name: '', as: ['dns-management-off'] },
  usage('setup-key', 'key-build machines', 'build machines', ['auto-group']),
  // What only a newer API has.
  usage('relay' as Use['kind'], 'relay-1', 'relay-eu', ['last-resort' as Use['as'][number]]),
]

const servers = { id: 'group-acc-hq-servers', name: 'servers' }
const routers = { id: 'group-acc-hq-routers', name: 'routers' }

const ofPeer: Use[] = [
  policy('laptops', ['destination'], { group: servers }),
  policy('wiki', ['source']),
  policy('wiki', ['destination'], { group: servers }),
  policy('default', ['source', 'destination'], { group: routers }),
  usage('network-resource', 'subnet', 'subnet', ['member'], { isOn: true, network: { id: 'office', name: 'office' }, group: servers }),
  usage('network-router', 'hq', 'office', ['routing-peer'], { isOn: true, network: { id: 'office', name: 'office' } }),
  usage('network-router', 'dc', 'datacenter', ['routing-peer'], { isOn: false, network: { id: 'datacenter', name: 'datacenter' }, group: routers }),
  usage('route', 'route-legacy', 'legacy', ['routing-peer'], { isOn: true }),
  usage('nameserver', 'dns-corp dns', 'corp dns', ['distribution'], { isOn: true, group: servers }),
  usage('setup-key', 'key-build machines', 'build machines', ['auto-group'], { group: servers }),
]

const USES: Record<string, Use[]> = {
  groups: ofGroup,
  peers: ofPeer,
  users: peers()
    .filter(({ userId, accountId }) => userId === 'grace' && accountId === 'acc-hq')
    .map(({ id, name }) => usage('peer', id, name, ['owner'])),
  policies: [usage('network', 'office', 'office', ['policy'])],
  networks: [policy('wiki', ['policy']), policy('default', ['policy'])],
  'posture-checks': [policy('laptops', ['posture-check']), usage('policy', 'field', LONG, ['posture-check'], { isOn: true })],
}

const many = (): Use[] => Array.from({ length: 200 }, (_, index) => usage(index < 150 ? 'policy' : 'setup-key', `made-${index}`, `team-${String(index).padStart(3, '0')}`, [index < 150 ? 'source' : 'auto-group'], index % 7 === 0 ? { isOn: false } : {}))

/** What names such a thing, and what is not known of that. */
export function usesOf(list: string, way: ItemWay): { usedBy: Use[]; usedByOmitted: number; unread: string[] } {
  if (way === 'many') return { usedBy: many(), usedByOmitted: 34, unread: [] }
  return { usedBy: way === 'nothing' || way === 'unread' ? [] : (USES[list] ?? []), usedByOmitted: 0, unread: way === 'unread' ? ['posture checks', 'setup keys'] : [] }
}

/** Lists of others name groups by their names alone. */
const isMeant = (one: Owned & { name?: string }, id: string): boolean => one.id === id || `group-${one.name ?? ''}` === id

const ROWS: Record<string, () => (Owned & { name?: string })[]> = { groups, users, policies, networks, routes, nameservers: nameserverGroups, 'posture-checks': postureChecks, 'setup-keys': setupKeys }

/** One thing of a network by its id, with what names it. */
export function answerItem(method: string, path: string, query: URLSearchParams, isEmpty: boolean, way: ItemWay): Answer | undefined {
  const [, list = '', id = ''] = /^\/api\/netbird\/([a-z-]+)\/([^/]+)$/.exec(path) ?? []
  const rows = ROWS[list]
  if (method !== 'GET' || !rows) return undefined
  const found = isEmpty ? undefined : rows().find((one) => isMeant(one, decodeURIComponent(id)) && [null, one.accountId].includes(query.get('accountId')))
  if (!found) return problem(404, 'not-found', 'Not found', 'There is no such thing.')
  return ok({ ...found, ...(USES[list] && usesOf(list, way)), asOf: before(MINUTE / 2) })
}
