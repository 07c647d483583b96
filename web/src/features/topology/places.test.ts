// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { byGroups, homesOf } from './byGroups'
import { edge, topology } from './fixture'
import { graphOf, linksOf, type Graph } from './graph'
import { keepPlaces, keptPlaces } from './keptPlaces'
import { layOut } from './layOut'
import { mixed } from './palette'
import { extentOf, inBlocks, isMostlyKept, joined, neighboursOf, opened, pulled, type Place } from './places'

const lay = async ({ nodes, rows }: Graph) => (await layOut(nodes, linksOf(rows), new AbortController().signal)) ?? new Map<string, Place>()
const distance = (one: Place | undefined, other: Place | undefined) => Math.hypot((one?.x ?? NaN) - (other?.x ?? NaN), (one?.y ?? NaN) - (other?.y ?? NaN))

beforeEach(() => localStorage.clear())

test('the same network is laid out the same, in whatever order it comes', async () => {
  const whole = topology()
  const turned = { ...whole, groups: [...whole.groups].reverse(), resources: [...whole.resources].reverse() }
  const [one, other] = [await lay(graphOf(whole)), await lay(graphOf(turned))]
  expect(one.size).toBe(8)
  expect([...one].sort()).toEqual([...other].sort())
})

test('a refresh moves nothing, and what is new comes near its neighbours', async () => {
  const before = graphOf(topology())
  const kept = await lay(before)
  const grown = topology()
  grown.groups.push({ id: 'group:new', name: 'new', peers: 1, online: 1, offline: 0, unconfirmed: 0, resources: 0 })
  grown.edges.push(edge('group:new', 'group:laptops'))
  const after = graphOf(grown)
  expect(isMostlyKept(after.nodes, kept)).toBe(true)
  const places = joined(after.nodes, neighboursOf(linksOf(after.rows)), kept)
  for (const { id } of before.nodes) expect(places.get(id)).toEqual(kept.get(id))
  expect(distance(places.get('group:new'), places.get('group:laptops'))).toBeLessThan(50)
  expect(joined(after.nodes, neighboursOf(linksOf(after.rows)), kept)).toEqual(places)
})

test('kinds stand in blocks, by name, each in a place of its own', () => {
  const places = inBlocks(graphOf(topology()).nodes)
  expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(8)
  expect(places.get('group:empty')?.x).toBeLessThan(places.get('network:office')?.x ?? 0)
})

test('groups stand in lines, what is in them stands around them, and the rest below', () => {
  const whole = topology({ peers: [{ id: 'peer:one', name: 'srv-01', ip: '100.64.0.1', status: 'online', groups: ['group:laptops', 'group:servers'] }] })
  const { nodes, rows } = graphOf(whole)
  // Of two groups, with the smaller one.
  expect(homesOf(rows).get('peer:one')?.id).toBe('group:servers')
  const places = byGroups(nodes, rows)
  expect(places.size).toBe(nodes.length)
  expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length)
  for (const id of ['peer:one', 'resource:subnet']) expect(distance(places.get(id), places.get('group:servers'))).toBeLessThan(50)
  const lowest = Math.min(...['group:empty', 'group:laptops', 'group:servers'].map((id) => places.get(id)?.y ?? NaN))
  for (const id of ['network:office', 'router:hq', 'route:old']) expect(places.get(id)?.y).toBeLessThan(lowest)
  expect([...byGroups([...nodes].reverse(), [...rows].reverse())].sort()).toEqual([...places].sort())
})

test('an opened group makes room, and a node dragged beside it goes back to where it belongs', () => {
  const { nodes } = graphOf(topology(), 'laptops')
  const members = nodes.filter(({ isMember }) => isMember)
  const base = new Map([['group:laptops', { x: 0, y: 0 }], ['group:servers', { x: 100, y: 0 }]])
  const places = opened(base, members, 'group:laptops')
  expect(places.get('group:laptops')).toEqual({ x: 0, y: 0 })
  expect(distance(places.get('peer:one'), { x: 0, y: 0 })).toBeLessThan(40)
  const servers = places.get('group:servers') ?? { x: 0, y: 0 }
  expect(servers.x).toBeGreaterThan(100)
  expect(pulled(servers, { x: 0, y: 0 }, members.length).x).toBeCloseTo(100)
  expect(opened(base, [], 'group:laptops')).toBe(base)
})

test('places stay on the device, of the drawings that were looked at last', () => {
  for (const of of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) keepPlaces(of, new Map([[`of ${of}`, { x: 1.4, y: -2 }]]))
  expect(keptPlaces('a').size).toBe(0)
  expect(keptPlaces('g')).toEqual(new Map([['of g', { x: 1, y: -2 }]]))
  keepPlaces('b', new Map(Array.from({ length: 4000 }, (_, index) => [String(index), { x: 0, y: 0 }])))
  expect(keptPlaces('b').size).toBe(3000)
  for (const nonsense of ['{', '[]', 'null', '{"b":{"x":["1",2],"y":[1]}}']) {
    localStorage.setItem('topology-places', nonsense)
    expect(keptPlaces('b').size).toBe(0)
  }
})

test('a drawing of one node is not as large as the window', () => {
  expect(extentOf([{ x: 5, y: 5 }])).toEqual({ x: [-75, 85], y: [-75, 85] })
  expect(extentOf([])).toEqual({ x: [-40, 40], y: [-40, 40] })
})

test('colours are mixed for what stands back', () => {
  expect(mixed('#ffffff', '#000000', 0.5)).toBe('#808080')
  expect(mixed('rgb(1 2 3)', '#000000', 0.5)).toBe('rgb(1 2 3)')
})
