import { useCallback, useEffect, useMemo, useState } from 'react'
import { byGroups } from './byGroups'
import type { Graph, Link, Node, Row } from './graph'
import { keepPlaces, keptPlaces } from './keptPlaces'
import { layOut } from './layOut'
import { inBlocks, isMostlyKept, joined, neighboursOf, opened, pulled, type Place, type Places } from './places'

export type LayoutName = 'reach' | 'groups' | 'kinds'

/** In a layout; undefined if it was given up. */
async function placesIn(layout: LayoutName, { base, rows, links }: { base: readonly Node[]; rows: readonly Row[]; links: readonly Link[] }, signal: AbortSignal): Promise<Places | undefined> {
  if (layout === 'kinds') return inBlocks(base)
  return layout === 'groups' ? byGroups(base, rows) : layOut(base, links, signal)
}

interface PlacesOptions {
  graph: Graph
  links: readonly Link[]
  layout: LayoutName
  /** Whose drawing of what it is. */
  of: string
  /** The node of the group whose members are shown. */
  group: string | undefined
}

/** Where each node stands. A refresh moves nothing: who has a place keeps it, on this device, between visits too. */
export function usePlaces({ graph, links, layout, of, group }: PlacesOptions) {
  const drawing = `${of}/${layout}`
  const [known, setKnown] = useState<{ drawing: string; places: Places; laidOut: number }>()
  const base = useMemo(() => graph.nodes.filter(({ isMember }) => !isMember), [graph])
  const members = useMemo(() => graph.nodes.filter(({ isMember }) => isMember), [graph])
  const { rows } = graph
  const kept = known?.drawing === drawing ? known.places : undefined
  const laidOut = known?.drawing === drawing ? known.laidOut : 0

  useEffect(() => {
    if (kept) return undefined
    const control = new AbortController()
    const begin = async () => {
      const before = keptPlaces(drawing)
      const isKept = before.size > 0 && isMostlyKept(base, before)
      const places = isKept ? before : await placesIn(layout, { base, rows, links }, control.signal)
      if (places && !control.signal.aborted) setKnown({ drawing, places, laidOut: 1 })
    }
    void begin()
    return () => control.abort()
  }, [kept, drawing, layout, base, rows, links])

  const placed = useMemo(() => kept && joined(base, neighboursOf(links), kept), [kept, base, links])

  // A node that is gone for a while finds its place again.
  useEffect(() => {
    if (placed && kept) keepPlaces(drawing, new Map([...placed, ...[...kept].filter(([id]) => !placed.has(id))]))
  }, [drawing, placed, kept])

  const move = useCallback(
    (id: string, place: Place) =>
      setKnown((before) => {
        if (!before) return before
        const centre = group === undefined || group === id || members.length === 0 ? undefined : before.places.get(group)
        return { ...before, places: new Map(before.places).set(id, pulled(place, centre, members.length)) }
      }),
    [group, members],
  )

  const anew = useCallback(async () => {
    const places = await placesIn(layout, { base, rows, links }, new AbortController().signal)
    if (places) setKnown((before) => ({ drawing, places, laidOut: (before?.laidOut ?? 0) + 1 }))
  }, [layout, base, rows, links, drawing])

  const places = useMemo(() => placed && opened(placed, members, group), [placed, members, group])
  return { places, laidOut, move, anew }
}
