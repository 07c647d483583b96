import type { Node, Row } from './graph'
import { aroundOne, extentOf, inBlocks, ROOM, roomFor, type Place } from './places'

const byName = (one: Node, other: Node): number => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1)

const sizeOf = ({ peers: { online, offline, unconfirmed } }: Node): number => online + offline + unconfirmed

/** The group with which a thing stands: of several the smallest, which says the most of it. */
export function homesOf(rows: readonly Row[]): ReadonlyMap<string, Node> {
  const homes = new Map<string, Node>()
  for (const { from, to, says, verb } of rows) {
    if (says !== 'part' || verb !== 'isIn' || to.kind !== 'group') continue
    const known = homes.get(from.id)
    if (!known || sizeOf(to) < sizeOf(known) || (sizeOf(to) === sizeOf(known) && byName(to, known) < 0)) homes.set(from.id, to)
  }
  return homes
}

/** The groups by name, in lines, each with its peers and resources around it; what is in no group stands below, by kind. */
export function byGroups(nodes: readonly Node[], rows: readonly Row[]): Map<string, Place> {
  const homes = homesOf(rows)
  const groups = nodes.filter(({ kind }) => kind === 'group').sort(byName)
  const members = new Map<string, Node[]>(groups.map(({ id }) => [id, []]))
  const others: Node[] = []
  for (const node of nodes) {
    if (node.kind !== 'group') (members.get(homes.get(node.id)?.id ?? '') ?? others).push(node)
  }
  const cells = groups.map((group) => {
    const around = (members.get(group.id) ?? []).sort(byName)
    const across = 2 * roomFor(around.length)
    // Names stand to the right.
    return { group, around, width: across + 3 * ROOM, height: across + 1.5 * ROOM }
  })
  // About as wide as a window for its height.
  const widest = Math.max(1.5 * Math.sqrt(cells.reduce((sum, { width, height }) => sum + width * height, 0)), ...cells.map(({ width }) => width))
  const lines: { cells: typeof cells; width: number; height: number }[] = []
  for (const cell of cells) {
    const line = lines.at(-1)
    if (line && line.width + cell.width <= widest) {
      line.cells.push(cell)
      line.width += cell.width
      line.height = Math.max(line.height, cell.height)
    } else lines.push({ cells: [cell], width: cell.width, height: cell.height })
  }
  const places = new Map<string, Place>()
  let top = 0
  for (const line of lines) {
    let left = 0
    for (const { group, around, width } of line.cells) {
      const centre = { x: left + roomFor(around.length) + ROOM / 2, y: top - line.height / 2 }
      places.set(group.id, centre)
      around.forEach(({ id }, index) => places.set(id, aroundOne(centre, index)))
      left += width
    }
    top -= line.height
  }
  const blocks = inBlocks(others)
  const highest = extentOf(blocks.values()).y[1]
  for (const [id, { x, y }] of blocks) places.set(id, { x: x + ROOM / 2, y: top - ROOM + y - highest })
  return places
}
