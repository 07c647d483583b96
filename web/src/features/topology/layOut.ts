import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import type { Link, Node } from './graph'
import { scattered, type Place } from './places'

/** In one go; between two, the page answers. */
const STEPS_AT_ONCE = 10

/** Fewer where each takes longer: it is rough then, and still the same each time. */
const stepsFor = (nodes: number): number => (nodes <= 500 ? 300 : nodes <= 1500 ? 120 : 60)

const pause = () => new Promise((resolve) => setTimeout(resolve))

/** Lays all of it out by its links; from the same graph come the same places. Undefined if it was given up. */
export async function layOut(nodes: readonly Node[], links: readonly Link[], signal: AbortSignal): Promise<Map<string, Place> | undefined> {
  const graph = new Graph({ type: 'undirected' })
  // By ids, so that it does not matter in which order the API has them.
  for (const id of nodes.map((node) => node.id).sort()) graph.addNode(id, scattered(id, nodes.length))
  for (const { id, one, other, look } of [...links].sort((first, second) => (first.id < second.id ? -1 : 1))) {
    if (one.id !== other.id && graph.hasNode(one.id) && graph.hasNode(other.id)) graph.addEdgeWithKey(id, one.id, other.id, { weight: look === 'part' ? 2 : look === 'off' ? 0.3 : 1 })
  }
  if (graph.order > 1) {
    const settings = { ...forceAtlas2.inferSettings(graph), scalingRatio: 60, gravity: 0.2, strongGravityMode: true, barnesHutOptimize: graph.order > 800 }
    for (let steps = stepsFor(graph.order); steps > 0; steps -= STEPS_AT_ONCE) {
      if (signal.aborted) return undefined
      forceAtlas2.assign(graph, { iterations: STEPS_AT_ONCE, settings, getEdgeWeight: 'weight' })
      await pause()
    }
  }
  const places = new Map<string, Place>()
  graph.forEachNode((id, { x, y }) => places.set(id, { x: Math.round(x as number), y: Math.round(y as number) }))
  return signal.aborted ? undefined : places
}
