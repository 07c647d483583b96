import type { Graph, Kind, Node, Row } from './graph'

/** Which nodes are shown. */
export interface NodeFilter {
  kinds: readonly string[] | undefined
  statuses: readonly string[] | undefined
  hidesOffline: boolean
}

type Status = keyof Node['peers']
const hasStatus = (value: string): value is Status => value === 'online' || value === 'offline' || value === 'unconfirmed'

const countOf = ({ peers }: Node): number => peers.online + peers.offline + peers.unconfirmed

/** Whether a node has a peer with one of these; what has no peers has no status either, and stays. */
const hasAny = (node: Node, statuses: readonly string[]): boolean => countOf(node) === 0 || statuses.some((status) => hasStatus(status) && node.peers[status] > 0)

export function isShown(node: Node, { kinds, statuses, hidesOffline }: NodeFilter): boolean {
  if (kinds && !kinds.includes(node.kind)) return false
  if (statuses && !hasAny(node, statuses)) return false
  return !(hidesOffline && countOf(node) > 0 && node.peers.offline === countOf(node))
}

/** The graph without the nodes that are not shown, and what leads from or to them. */
export function narrowed({ nodes, rows }: Graph, filter: NodeFilter): Pick<Graph, 'nodes' | 'rows'> {
  const shown = new Set(nodes.filter((node) => isShown(node, filter)))
  return { nodes: [...shown], rows: rows.filter(({ from, to }) => shown.has(from) && shown.has(to)) }
}

export function countKinds(nodes: readonly Node[]): ReadonlyMap<Kind, number> {
  const counts = new Map<Kind, number>()
  for (const { kind } of nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** How many nodes have a peer with each status. */
export function countStatuses(nodes: readonly Node[]): ReadonlyMap<string, number> {
  return new Map((['online', 'offline', 'unconfirmed'] as const).map((status) => [status, nodes.filter(({ peers }) => peers[status] > 0).length]))
}

/** Nodes whose names have the text in them: those that begin with it first. */
export function findNodes(nodes: readonly Node[], typed: string, most: number): Node[] {
  const text = typed.trim().toLowerCase()
  if (text === '') return []
  const found = nodes.flatMap((node) => {
    const at = node.name.toLowerCase().indexOf(text)
    const place = at >= 0 ? at : node.about.toLowerCase().includes(text) ? 1000 : -1
    return place < 0 ? [] : [{ node, place }]
  })
  found.sort((one, other) => Number(one.place > 0) - Number(other.place > 0) || one.node.name.localeCompare(other.node.name) || one.node.id.localeCompare(other.node.id))
  return found.slice(0, most).map(({ node }) => node)
}

/** The rows of one node, in the order of the policies. */
export const rowsAt = (rows: readonly Row[], id: string): Row[] => rows.filter(({ from, to }) => from.id === id || to.id === id)
