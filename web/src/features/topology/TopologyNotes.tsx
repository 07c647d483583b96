import { Info } from 'lucide-react'
import type { Topology } from '@/api/types'
import { texts } from './texts'

const KINDS = ['groups', 'peers', 'networks', 'resources', 'routers', 'routes', 'edges'] as const

/** What of the network is not in the answer, in words; undefined if all of it is. */
export function omittedWords({ omitted, limits }: Pick<Topology, 'omitted' | 'limits'>): string | undefined {
  const parts = KINDS.flatMap((kind) => (omitted[kind] > 0 ? [texts.notes[kind]({ count: omitted[kind] })] : []))
  return parts.length === 0 ? undefined : texts.notes.omitted({ parts, nodes: limits.nodes, edges: limits.edges })
}

/** What is missing, and why. */
export function TopologyNotes({ topology, className }: { topology: Topology; className?: string }) {
  const notes = [
    omittedWords(topology),
    topology.unread.length > 0 ? texts.notes.unread({ lists: topology.unread }) : undefined,
  ].filter((note) => note !== undefined)
  if (notes.length === 0) return null
  return (
    <div role="status" className={`flex items-start gap-2 rounded-lg border border-line bg-info-soft px-3 py-2 text-13 text-info-text ${className ?? ''}`}>
      <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{notes.join(' ')}</span>
    </div>
  )
}
