import type { Link, Node } from './graph'
import { KINDS } from './graph'

export interface Place {
  x: number
  y: number
}

export type Places = ReadonlyMap<string, Place>

/** FNV-1a: the same number for the same id, on every device. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}

const TURN = 2 * Math.PI
/** Of one node, in the drawing's own unit. */
export const ROOM = 40
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/** Somewhere on a disc that has room for so many, by nothing but the id. */
export function scattered(id: string, many: number): Place {
  const value = hash(id)
  const radius = ROOM * Math.sqrt(many) * Math.sqrt((value % 9973) / 9973)
  const angle = (TURN * (Math.floor(value / 9973) % 3600)) / 3600
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
}

export type Neighbours = ReadonlyMap<string, readonly string[]>

export function neighboursOf(links: readonly Link[]): Neighbours {
  const found = new Map<string, string[]>()
  const add = (id: string, other: string) => {
    const known = found.get(id)
    if (known) known.push(other)
    else found.set(id, [other])
  }
  for (const { one, other } of links) {
    if (one.id === other.id) continue
    add(one.id, other.id)
    add(other.id, one.id)
  }
  return found
}

/** In the middle of those of its neighbours that have a place, a little aside; undefined where none has. */
function beside(id: string, neighbours: Neighbours, places: Places): Place | undefined {
  const known = (neighbours.get(id) ?? []).flatMap((other) => places.get(other) ?? [])
  if (known.length === 0) return undefined
  const aside = (TURN * (hash(id) % 3600)) / 3600
  const middle = (of: (place: Place) => number) => known.reduce((sum, place) => sum + of(place), 0) / known.length
  return { x: middle(({ x }) => x) + ROOM * Math.cos(aside), y: middle(({ y }) => y) + ROOM * Math.sin(aside) }
}

/** What has a place keeps it; what is new comes near its neighbours. */
export function joined(nodes: readonly Node[], neighbours: Neighbours, kept: Places): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const { id } of nodes) {
    const place = kept.get(id)
    if (place) places.set(id, place)
  }
  const missing = nodes.map(({ id }) => id).filter((id) => !places.has(id))
  missing.sort()
  // Who is only near other new ones follows them.
  let waiting = missing
  for (let round = 0; round < 3 && waiting.length > 0; round += 1) {
    waiting = waiting.filter((id) => {
      const place = beside(id, neighbours, places)
      if (place) places.set(id, place)
      return !place
    })
  }
  for (const id of waiting) places.set(id, scattered(id, nodes.length))
  return places
}

/** Whether so little is new that the rest need not be laid out again. */
export const isMostlyKept = (nodes: readonly Node[], kept: Places): boolean => nodes.filter(({ id }) => kept.has(id)).length * 2 >= nodes.length

/** Each kind in a block of its own, in the order of their names. */
export function inBlocks(nodes: readonly Node[]): Map<string, Place> {
  const places = new Map<string, Place>()
  let left = 0
  for (const kind of KINDS) {
    const block = nodes.filter((node) => node.kind === kind)
    if (block.length === 0) continue
    block.sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1))
    const columns = Math.ceil(Math.sqrt(block.length / 3))
    const rows = Math.ceil(block.length / columns)
    block.forEach(({ id }, index) => places.set(id, { x: left + 2.5 * ROOM * Math.floor(index / rows), y: ROOM * ((rows - 1) / 2 - (index % rows)) }))
    left += 2.5 * ROOM * (columns + 0.6)
  }
  return places
}

/** The members of an opened group stand around it like the seeds of a sunflower, and push the others outwards. */
function seed(index: number): Place {
  const radius = 0.45 * ROOM * Math.sqrt(index + 3)
  // The first stands below: names are to the right.
  const angle = index * GOLDEN - Math.PI / 2
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
}

/** Where one of those who stand around a place stands. */
export function aroundOne(centre: Place, index: number): Place {
  const { x, y } = seed(index)
  return { x: centre.x + x, y: centre.y + y }
}

/** How far they reach. */
export const roomFor = (members: number): number => (members === 0 ? 0 : 0.45 * ROOM * Math.sqrt(members + 8))

function pushed(place: Place, centre: Place, room: number): Place {
  const [dx, dy] = [place.x - centre.x, place.y - centre.y]
  const distance = Math.hypot(dx, dy)
  if (distance === 0) return place
  // As much as the disc is large, so that nobody comes to stand on somebody else.
  const grown = Math.sqrt(distance * distance + room * room) / distance
  return { x: centre.x + dx * grown, y: centre.y + dy * grown }
}

/** Where a node that was dragged beside an opened group stands once that is closed. */
export function pulled(place: Place, centre: Place | undefined, members: number): Place {
  if (!centre) return place
  const room = roomFor(members)
  const distance = Math.hypot(place.x - centre.x, place.y - centre.y)
  if (distance === 0) return place
  const shrunk = Math.sqrt(Math.max(distance * distance - room * room, ROOM)) / distance
  return { x: centre.x + (place.x - centre.x) * shrunk, y: centre.y + (place.y - centre.y) * shrunk }
}

/** The places of all, with the members of the group that is opened, if one is. */
export function opened(base: Places, members: readonly Node[], group: string | undefined): Places {
  const centre = group === undefined ? undefined : base.get(group)
  if (!centre || members.length === 0) return base
  const room = roomFor(members.length)
  const places = new Map<string, Place>()
  for (const [id, place] of base) places.set(id, id === group ? place : pushed(place, centre, room))
  members.forEach(({ id }, index) => places.set(id, aroundOne(centre, index)))
  return places
}

/** From left to right and from bottom to top. */
export function extentOf(places: Iterable<Place>): { x: [number, number]; y: [number, number] } {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of places) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    bottom = Math.min(bottom, y)
    top = Math.max(top, y)
  }
  if (left > right) return { x: [-ROOM, ROOM], y: [-ROOM, ROOM] }
  // One node alone is not drawn as large as the window.
  const widen = (from: number, to: number): [number, number] => (to - from < 4 * ROOM ? [(from + to) / 2 - 2 * ROOM, (from + to) / 2 + 2 * ROOM] : [from, to])
  return { x: widen(left, right), y: widen(bottom, top) }
}
