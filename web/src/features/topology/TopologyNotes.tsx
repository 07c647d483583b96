import { Info } from 'lucide-react'
import type { Topology } from '@/api/types'
import { grouped, listed, plural } from '@/lib/numbers'

const OMITTED = { groups: 'group', peers: 'peer', networks: 'network', resources: 'resource', routers: 'router', routes: 'route', edges: 'connection' } as const

/** What of the network is not in the answer, in words; undefined if all of it is. */
export function omittedWords({ omitted, limits }: Pick<Topology, 'omitted' | 'limits'>): string | undefined {
  const parts = (Object.keys(OMITTED) as (keyof typeof OMITTED)[]).flatMap((kind) => (omitted[kind] > 0 ? [plural(omitted[kind], OMITTED[kind])] : []))
  if (parts.length === 0) return undefined
  return `Left out: ${listed(parts)}. At most ${grouped(limits.nodes)} of a kind and ${grouped(limits.edges)} connections are shown.`
}

/** What is missing, and why. */
export function TopologyNotes({ topology, className }: { topology: Topology; className?: string }) {
  const notes = [
    omittedWords(topology),
    topology.unread.length > 0 ? `Missing or older than the rest, as they could not be read: ${listed(topology.unread)}.` : undefined,
  ].filter((note) => note !== undefined)
  if (notes.length === 0) return null
  return (
    <div role="status" className={`flex items-start gap-2 rounded-lg border border-line bg-info-soft px-3 py-2 text-13 text-info-text ${className ?? ''}`}>
      <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{notes.join(' ')}</span>
    </div>
  )
}
