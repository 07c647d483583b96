import type { Topology, TopologyEdge, TopologyPeer } from '../src/api/types'
import { ok, problem, type Answer } from './answers'
import { longPeers, manyPeers, peers } from './data'
import { networks } from './network-data'
import { routes } from './access-data'
import { before } from './times'

/** What the API cuts an answer by. */
const LIMITS = { nodes: 500, edges: 3000 }

const NOTHING: Topology['omitted'] = { groups: 0, peers: 0, networks: 0, resources: 0, routers: 0, routes: 0, edges: 0 }

const groupId = (name: string): string => `group:group-${name}`

interface Machine {
  id: string
  name: string
  ip: string
  status: TopologyPeer['status']
  groups: readonly string[]
}

const peerNode = ({ id, name, ip, status, groups }: Machine): TopologyPeer => ({ id: `peer:${id}`, name, ip, status, groups: groups.map(groupId) })

function groupNodes(names: readonly string[], machines: readonly Machine[], resources: ReadonlyMap<string, number>): Topology['groups'] {
  const nodes = new Map(names.map((name) => [name, { id: groupId(name), name, peers: 0, online: 0, offline: 0, unconfirmed: 0, resources: resources.get(name) ?? 0 }]))
  for (const { groups, status } of machines) {
    for (const name of groups) {
      const group = nodes.get(name)
      if (!group) continue
      group.peers += 1
      group[status] += 1
    }
  }
  return [...nodes.values()].sort((one, other) => one.name.localeCompare(other.name))
}

const edge = (policy: string, policyName: string, from: string, to: string, more: Partial<TopologyEdge> = {}): TopologyEdge => ({
  id: `${policy}:0:${from}:${to}`,
  from,
  to,
  action: 'accept',
  bidirectional: false,
  enabled: true,
  protocol: 'tcp',
  ports: ['22', '443'],
  services: ['TCP 22, 443'],
  policyId: policy,
  policyName,
  postureChecks: [],
  ...more,
})

const EVERYTHING = { protocol: 'all', ports: [], services: ['everything'] }
const GROUPS = ['All', 'berlin', 'contractors', 'databases', 'db', 'laptops', 'maintenance', 'phones', 'routers', 'servers']

/** The headquarters, whose lists the other pages show. */
function office(isLong: boolean): Topology {
  const machines = (isLong ? longPeers() : peers()).filter(({ accountId }) => accountId === 'acc-hq').map((peer) => ({ ...peer, groups: ['All', ...peer.groups] }))
  const byName = new Map(machines.map((machine) => [machine.name, peerNode(machine)]))
  const router = byName.get('router-02') ?? null
  const printer = [...byName.values()][4]
  const own = networks().filter(({ accountId }) => accountId === 'acc-hq')
  const name = (text: string) => (isLong && text === 'contractors' ? 'contractors-of-the-warehouse-in-lyon-2nd' : text)
  return {
    accountId: 'acc-hq',
    accountName: 'HQ',
    groups: groupNodes(GROUPS, machines, new Map([['servers', 1], ['databases', 1]])).map((group) => ({ ...group, name: name(group.name) })),
    peers: printer ? [printer] : [],
    networks: own.map(({ id, name: text }) => ({ id: `network:${id}`, name: text })),
    resources: own.flatMap(({ id: network, resources }) =>
      resources.map(({ id, name: text, type, address, enabled, groups }) => ({ id: `resource:${id}`, network: `network:${network}`, name: text, type, address, enabled, groups: groups.map((group) => groupId(group.name)) })),
    ),
    routers: own.flatMap(({ id: network, routers }) =>
      routers.map(({ id, peer, peerGroups, metric, enabled }) => ({ id: `router:${id}`, network: `network:${network}`, peer: peer ? router : null, peerGroups: peerGroups.map((group) => groupId(group.name ?? '')), metric, enabled })),
    ),
    routes: routes()
      .filter(({ accountId }) => accountId === 'acc-hq')
      .map(({ id, networkId, network, domains, peer, peerGroups, groups, accessControlGroups, enabled }) => ({
        id: `route:${id}`,
        name: networkId,
        destinations: domains.length > 0 ? domains : [network],
        peer: peer ? router : null,
        peerGroups: peerGroups.map((group) => groupId(group.name ?? '')),
        groups: groups.map((group) => groupId(group.name ?? '')),
        accessControlGroups: accessControlGroups.map((group) => groupId(group.name ?? '')),
        enabled,
      })),
    edges: [
      edge('default', 'Default', groupId('All'), groupId('All'), { ...EVERYTHING, bidirectional: true, enabled: false }),
      edge('laptops', 'Laptops to servers', groupId('laptops'), groupId('servers'), { postureChecks: ['min-version'] }),
      edge('laptops', 'Laptops to servers', groupId('laptops'), 'resource:subnet', { postureChecks: ['min-version'] }),
      edge('wiki', 'Contractors to wiki', groupId('contractors'), 'resource:wiki', { ports: ['443'], services: ['TCP 443'] }),
      edge('mesh', 'Servers among themselves', groupId('servers'), groupId('servers'), { ...EVERYTHING, bidirectional: true }),
      edge('store', 'Servers to databases', groupId('servers'), groupId('db'), { bidirectional: true, ports: ['5432'], services: ['TCP 5432'] }),
      edge('quarantine', 'Contractors stay out', groupId('contractors'), groupId('db'), { ...EVERYTHING, action: 'drop' }),
      edge('backup', 'Backups', groupId('servers'), 'resource:backup host', { enabled: false, ports: ['873'], services: ['TCP 873'] }),
      edge('admin', 'Berlin administers', groupId('berlin'), groupId('servers'), { protocol: 'netbird-ssh', ports: [], services: [], unclear: 'its protocol, netbird-ssh, is not understood' }),
      edge('print', 'Printing', groupId('laptops'), printer?.id ?? groupId('servers'), { ports: ['631'], services: ['TCP 631'] }),
      edge('names', 'Names', groupId('phones'), groupId('servers'), { protocol: 'udp', ports: ['53'], services: ['UDP 53'] }),
    ],
    limits: LIMITS,
    omitted: NOTHING,
    unread: [],
    asOf: before(12_000),
  }
}

/** A smaller one, some of whose lists could not be read. */
function field(): Topology {
  const machines = peers().filter(({ accountId }) => accountId === 'acc-field')
  return {
    ...office(false),
    accountId: 'acc-field',
    accountName: 'Field',
    groups: groupNodes(['vans', ...new Set(machines.flatMap(({ groups }) => groups))], machines, new Map()),
    peers: [],
    networks: [],
    resources: [],
    routers: [],
    routes: [],
    edges: [edge('field', 'Vans to servers', groupId('vans'), groupId('servers'))],
    unread: ['posture checks', 'setup keys'],
    asOf: before(70_000),
  }
}

const at = <T,>(list: readonly T[], index: number): T => list[index % list.length] as T

/** 5,000 peers, by formula: as much of each kind as the API gives, and what it leaves out. */
function large(): Topology & { machines: Machine[] } {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
  const names = ['All', ...numbers(399).map((index) => `team-${String(index).padStart(3, '0')}`)]
  const machines = manyPeers()
    .slice(0, 5000)
    .map((peer, index) => ({ ...peer, groups: ['All', at(names, 1 + ((index * 11) % 399))] }))
  const group = (index: number) => groupId(at(names, 1 + (index % 399)))
  const router = machines[0] ? peerNode(machines[0]) : null
  const edges = numbers(3400).map((index) => {
    const to = index % 5 === 0 ? `resource:res-${(index * 13) % 500}` : group(index * 7 + Math.floor(index / 399) * 11 + 1)
    return edge(`policy-${index % 300}`, `Policy ${index % 300}`, group(index), to, { id: `policy-${index % 300}:${index}`, action: index % 31 === 0 ? 'drop' : 'accept', enabled: index % 17 !== 0, ports: [at(['22', '443', '5432'], index)], services: [`TCP ${at(['22', '443', '5432'], index)}`] })
  })
  return {
    accountId: 'acc-hq',
    accountName: 'HQ',
    groups: groupNodes(names, machines, new Map()),
    peers: [],
    networks: numbers(150).map((index) => ({ id: `network:net-${index}`, name: `site-${index}` })),
    resources: numbers(500).map((index) => ({ id: `resource:res-${index}`, network: `network:net-${index % 150}`, name: `host-${index}`, type: 'host', address: `10.${index % 150}.0.${index % 250}/32`, enabled: index % 9 !== 0, groups: [] })),
    routers: numbers(200).map((index) => ({ id: `router:rt-${index}`, network: `network:net-${index % 150}`, peer: index % 2 === 0 ? router : null, peerGroups: index % 2 === 0 ? [] : [group(index)], metric: 9999, enabled: true })),
    routes: numbers(60).map((index) => ({ id: `route:way-${index}`, name: `way-${index}`, destinations: [`172.16.${index}.0/24`], peer: null, peerGroups: [group(index * 3)], groups: [group(index * 5)], accessControlGroups: [], enabled: true })),
    edges: edges.slice(0, LIMITS.edges),
    limits: LIMITS,
    omitted: { ...NOTHING, edges: edges.length - LIMITS.edges },
    unread: [],
    asOf: before(12_000),
    machines,
  }
}

let kept: ReturnType<typeof large> | undefined

/** With the peers of one group. */
function opened(topology: Topology, machines: readonly Machine[], group: string | null, most: number): Topology | undefined {
  if (group === null) return topology
  if (!topology.groups.some(({ id }) => id === `group:${group}`)) return undefined
  const members = machines.filter(({ groups }) => groups.some((name) => groupId(name) === `group:${group}`)).map(peerNode)
  const known = new Set(members.map(({ id }) => id))
  const all = [...members.sort((one, other) => one.name.localeCompare(other.name)), ...topology.peers.filter(({ id }) => !known.has(id))]
  return { ...topology, peers: all.slice(0, most), omitted: { ...topology.omitted, peers: Math.max(0, all.length - most) } }
}

/** How the topology answers: as usual, or in one of its own ways. */
export type TopologyWay = 'usual' | 'uncut' | 'too-large' | 'read-anew' | 'nothing'

/** Only what is about a protocol and a port. */
function about(topology: Topology, query: URLSearchParams): Topology {
  const [protocol, port] = [query.get('protocol'), query.get('port')]
  const isAbout = (edge: Topology['edges'][number]) =>
    (protocol === null || edge.protocol === 'all' || edge.protocol === protocol) && (port === null || edge.ports.length === 0 || edge.ports.includes(port))
  return { ...topology, edges: topology.edges.filter(isAbout) }
}

export function answerTopology(query: URLSearchParams, { size, way }: { size: 'usual' | 'long-names' | 'many' | 'empty'; way: TopologyWay }): Answer {
  const account = query.get('accountId') ?? 'acc-hq'
  if (size === 'empty' || !['acc-hq', 'acc-field'].includes(account)) return problem(404, 'not-found', 'Not found', 'There is no such account.')
  if (way === 'too-large') return problem(409, 'conflict', 'Conflict', 'the account has too many rules, groups and peers to be judged together')
  if (way === 'read-anew') return problem(503, 'unavailable', 'Not available just now', 'the network is being read anew; try again after the next sync', {}, { 'retry-after': '60' })
  if (way === 'nothing') {
    const { asOf: _, ...none } = { ...field(), groups: [], edges: [], unread: [] }
    return ok(none)
  }
  const { machines, ...topology } =
    size === 'many' ? (kept ??= large()) : account === 'acc-field' ? { ...field(), machines: peers() } : { ...office(size === 'long-names'), machines: peers().filter(({ accountId }) => accountId === 'acc-hq').map((peer) => ({ ...peer, groups: ['All', ...peer.groups] })) }
  const answer = opened(topology, machines, query.get('group'), way === 'uncut' ? Infinity : LIMITS.nodes)
  return answer ? ok(about(answer, query)) : problem(404, 'not-found', 'Not found', 'There is no such group.')
}
