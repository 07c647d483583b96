import type { Topology, TopologyEdge, TopologyPeer } from '@/api/types'
import { texts } from './texts'

export const KINDS = ['group', 'peer', 'network', 'resource', 'router', 'route'] as const
export type Kind = (typeof KINDS)[number]

/** What is known of how a node does; `none` where there is nothing to know. */
export type Condition = 'online' | 'some' | 'offline' | 'unconfirmed' | 'on' | 'off' | 'none'

export interface Node {
  id: string
  /** NetBird's own. */
  key: string
  kind: Kind
  name: string
  /** What it is, in a few words. */
  about: string
  condition: Condition
  /** The share of its peers that are online; null where it has none, or where that is not known. */
  share: number | null
  /** How many peers are in it, or stand for it. */
  peers: { online: number; offline: number; unconfirmed: number }
  /** It is there because its group was opened. */
  isMember: boolean
}

/** How one thing stands to another: what a rule says, or what the network is made of. */
export type Says = 'allows' | 'drops' | 'other' | 'part'

export type Verb = keyof typeof texts.verbs

export interface Row {
  id: string
  from: Node
  to: Node
  says: Says
  /** For the network's own parts: "is in", "routes for". */
  verb: Verb | undefined
  services: readonly string[]
  isOn: boolean
  edge?: TopologyEdge
}

export interface Graph {
  nodes: readonly Node[]
  byId: ReadonlyMap<string, Node>
  rows: readonly Row[]
}

const NOBODY = { online: 0, offline: 0, unconfirmed: 0 }

const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)

function conditionOf({ online, offline, unconfirmed }: Node['peers']): Pick<Node, 'condition' | 'share'> {
  const all = online + offline + unconfirmed
  if (all === 0) return { condition: 'none', share: null }
  if (online === all) return { condition: 'online', share: 1 }
  if (online > 0) return { condition: 'some', share: online / all }
  return { condition: offline > 0 ? 'offline' : 'unconfirmed', share: 0 }
}

const node = (id: string, kind: Kind, name: string, more: Partial<Node>): Node => {
  const peers = more.peers ?? NOBODY
  return { id, key: keyOf(id), kind, name: name || keyOf(id), about: '', isMember: false, peers, ...conditionOf(peers), ...more }
}

const onePeer = ({ status }: TopologyPeer): Node['peers'] => ({ ...NOBODY, [status]: 1 })

/** "12 peers, 10 online"; what has none says so. */
export function countWords({ online, offline, unconfirmed }: Node['peers']): string {
  const all = online + offline + unconfirmed
  if (all === 0) return texts.nodes.noPeers
  return online === all ? texts.nodes.allOnline({ all }) : online === 0 ? texts.nodes.noneOnline({ all }) : texts.nodes.someOnline({ all, online })
}

function nodesOf(topology: Topology, group: string | undefined): Node[] {
  const names = new Map(topology.groups.map(({ id, name }) => [id, name]))
  const groupNames = (ids: readonly string[]) => ({ groups: ids.map((id) => names.get(id) ?? keyOf(id)) })
  const through = (peer: TopologyPeer | null | undefined, peerGroups: readonly string[]) =>
    peer ? texts.nodes.through({ peer: peer.name }) : peerGroups.length > 0 ? texts.nodes.throughGroups(groupNames(peerGroups)) : texts.nodes.throughNobody
  const opened = group === undefined ? undefined : `group:${group}`
  const switched = (isOn: boolean): Pick<Node, 'condition'> => ({ condition: isOn ? 'on' : 'off' })
  const routed = (peer: TopologyPeer | null | undefined, isOn: boolean): Partial<Node> =>
    isOn && peer ? { peers: onePeer(peer), ...conditionOf(onePeer(peer)) } : switched(isOn)
  return [
    ...topology.groups.map(({ id, name, online, offline, unconfirmed, resources }) => {
      const peers = { online, offline, unconfirmed }
      return node(id, 'group', name, { peers, about: resources > 0 ? texts.nodes.withResources({ peers: countWords(peers), resources }) : countWords(peers) })
    }),
    ...topology.peers.map((peer) =>
      node(peer.id, 'peer', peer.name, { peers: onePeer(peer), condition: peer.status, about: peer.ip, isMember: opened !== undefined && peer.groups.includes(opened) }),
    ),
    ...topology.networks.map(({ id, name }) => node(id, 'network', name, { about: texts.nodes.network })),
    ...topology.resources.map(({ id, name, address, enabled }) => node(id, 'resource', name, { about: address, ...switched(enabled) })),
    ...topology.routers.map(({ id, peer, peerGroups, enabled }) =>
      node(id, 'router', peer?.name ?? (peerGroups.length > 0 ? texts.nodes.peersOf(groupNames(peerGroups)) : texts.nodes.goneRouter), { about: through(peer, peerGroups), ...routed(peer, enabled) }),
    ),
    ...topology.routes.map(({ id, name, destinations, peer, peerGroups, enabled }) =>
      node(id, 'route', name, { about: texts.nodes.route({ destinations, through: through(peer, peerGroups) }), ...routed(peer, enabled) }),
    ),
  ]
}

/** What the network is made of: from whom to whom, how, and whether that holds. */
type Part = readonly [from: string, to: string | null | undefined, verb: Verb, isOn?: boolean]

function partsOf({ peers, resources, routers, routes }: Topology, byId: ReadonlyMap<string, Node>): Part[] {
  return [
    // The members of an opened group stand around it, and would hide the drawing under their lines.
    ...peers.filter(({ id }) => !byId.get(id)?.isMember).flatMap(({ id, groups }) => groups.map((group): Part => [id, group, 'isIn'])),
    ...resources.flatMap(({ id, network, groups, enabled }): Part[] => [[id, network, 'isIn', enabled], ...groups.map((group): Part => [id, group, 'isIn', enabled])]),
    ...routers.flatMap(({ id, network, peer, peerGroups, enabled }): Part[] => [
      [id, network, 'routesFor', enabled],
      ...(peer ? [[peer.id, id, 'isRouter', enabled] as const] : []),
      ...peerGroups.map((group): Part => [group, id, 'hasRouters', enabled]),
    ]),
    ...routes.flatMap(({ id, peer, peerGroups, groups, accessControlGroups, enabled }): Part[] => [
      ...(peer ? [[peer.id, id, 'routesFor', enabled] as const] : []),
      ...peerGroups.map((group): Part => [group, id, 'hasRoutersOf', enabled]),
      ...groups.map((group): Part => [group, id, 'gets', enabled]),
      ...accessControlGroups.map((group): Part => [group, id, 'guards', enabled]),
    ]),
  ]
}

const saysOf = ({ action }: TopologyEdge): Says => (action === 'accept' ? 'allows' : action === 'drop' ? 'drops' : 'other')

/** Nodes, and all that is between two of them. What leads to something that is not there is left out. */
export function graphOf(topology: Topology, group?: string): Graph {
  const nodes = nodesOf(topology, group)
  const byId = new Map(nodes.map((one) => [one.id, one]))
  const rows: Row[] = []
  for (const edge of topology.edges) {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)]
    if (from && to) rows.push({ id: edge.id, from, to, says: saysOf(edge), verb: undefined, services: edge.services, isOn: edge.enabled, edge })
  }
  const seen = new Set<string>()
  for (const [one, other, verb, isOn = true] of partsOf(topology, byId)) {
    const [from, to] = [byId.get(one), byId.get(other ?? '')]
    const id = `${one} ${verb} ${other}`
    if (!from || !to || seen.has(id)) continue
    seen.add(id)
    rows.push({ id, from, to, says: 'part', verb, services: [], isOn })
  }
  return { nodes, byId, rows }
}

/** Everything between two nodes, drawn as one line. */
export interface Link {
  id: string
  one: Node
  other: Node
  rows: readonly Row[]
  /** Whether connections lead from one to the other, and back. */
  there: boolean
  back: boolean
  look: LinkLook
}

/** `mixed`: it allows something and drops something, or it is not clear what it says. */
export type LinkLook = 'allows' | 'drops' | 'mixed' | 'off' | 'part'

function lookOf(rows: readonly Row[]): LinkLook {
  const rules = rows.filter(({ says }) => says !== 'part')
  if (rules.length === 0) return 'part'
  const on = rules.filter(({ isOn }) => isOn)
  if (on.length === 0) return 'off'
  const has = (says: Says) => on.some((row) => row.says === says)
  if (has('other') || on.some(({ edge }) => edge?.unclear) || (has('allows') && has('drops'))) return 'mixed'
  return has('drops') ? 'drops' : 'allows'
}

export function linksOf(rows: readonly Row[]): Link[] {
  const pairs = new Map<string, Row[]>()
  for (const row of rows) {
    const id = row.from.id < row.to.id ? `${row.from.id}~${row.to.id}` : `${row.to.id}~${row.from.id}`
    const pair = pairs.get(id)
    if (pair) pair.push(row)
    else pairs.set(id, [row])
  }
  return [...pairs].flatMap(([id, between]) => {
    const first = between[0]
    if (!first) return []
    const [one, other] = first.from.id < first.to.id ? [first.from, first.to] : [first.to, first.from]
    const rules = between.filter(({ says }) => says !== 'part')
    // What is off opens no way; alone, it still has a direction.
    const telling = rules.some(({ isOn }) => isOn) ? rules.filter(({ isOn }) => isOn) : rules
    const leads = (from: Node, to: Node) => telling.some((row) => (row.from === from && row.to === to) || (row.edge?.bidirectional === true && row.from === to && row.to === from))
    return [{ id, one, other, rows: between, there: leads(one, other), back: leads(other, one), look: lookOf(between) }]
  })
}
