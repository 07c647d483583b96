import { expect, test } from 'vitest'
import { edge, topology } from './fixture'
import { graphOf, linksOf } from './graph'
import { countStatuses, findNodes, narrowed } from './narrow'
import { sentenceOf } from './sentences'
import { omittedWords } from './TopologyNotes'

const ALL = { kinds: undefined, statuses: undefined, hidesOffline: false }
const linkLooks = (edges: ReturnType<typeof edge>[]) => linksOf(graphOf(topology({ edges })).rows.filter(({ says }) => says !== 'part')).map(({ look, there, back }) => ({ look, there, back }))

test('what leads to a node that was left out is left out', () => {
  const { rows } = graphOf(topology({ edges: [edge('group:laptops', 'group:gone')] }))
  expect(rows.filter(({ says }) => says !== 'part')).toEqual([])
})

test('all that is between two nodes is one line, with the ways that it leads', () => {
  const there = edge('group:laptops', 'group:servers')
  expect(linkLooks([there])).toEqual([{ look: 'allows', there: true, back: false }])
  expect(linkLooks([edge('group:servers', 'group:laptops')])).toEqual([{ look: 'allows', there: false, back: true }])
  expect(linkLooks([edge('group:laptops', 'group:servers', { bidirectional: true })])).toEqual([{ look: 'allows', there: true, back: true }])
  expect(linkLooks([there, edge('group:servers', 'group:laptops', { id: 'b', action: 'drop' })])).toEqual([{ look: 'mixed', there: true, back: true }])
})

test('what is off opens no way, and what is not clear does not look clear', () => {
  const off = edge('group:servers', 'group:laptops', { id: 'b', enabled: false })
  expect(linkLooks([edge('group:laptops', 'group:servers'), off])).toEqual([{ look: 'allows', there: true, back: false }])
  expect(linkLooks([off])).toEqual([{ look: 'off', there: false, back: true }])
  expect(linkLooks([edge('group:laptops', 'group:servers', { unclear: 'its ports are not understood' })])[0]?.look).toBe('mixed')
  expect(linkLooks([edge('group:laptops', 'group:servers', { action: 'reject' })])[0]?.look).toBe('mixed')
})

test('members of an opened group stand around it without a line', () => {
  const parts = (group?: string) => graphOf(topology(), group).rows.filter(({ from }) => from.id === 'peer:one').length
  expect(parts()).toBe(1)
  expect(parts('laptops')).toBe(0)
})

test('no peers are no status: neither online nor offline', () => {
  const { byId } = graphOf(topology())
  expect(byId.get('group:empty')).toMatchObject({ condition: 'none', share: null })
  expect(byId.get('group:laptops')).toMatchObject({ condition: 'some', about: '3 peers, 2 online' })
  expect(byId.get('group:servers')).toMatchObject({ condition: 'offline', share: 0 })
  expect(byId.get('route:old')).toMatchObject({ condition: 'off', about: '172.16.0.0/12 through peers of servers' })
})

test('hiding what is offline keeps what has no status', () => {
  const graph = graphOf(topology())
  const { nodes, rows } = narrowed(graph, { ...ALL, hidesOffline: true })
  expect(nodes.map(({ id }) => id)).toEqual(['group:laptops', 'group:empty', 'peer:one', 'network:office', 'resource:subnet', 'router:hq', 'route:old'])
  expect(rows.every(({ from, to }) => from.id !== 'group:servers' && to.id !== 'group:servers')).toBe(true)
  expect(narrowed(graph, { ...ALL, kinds: ['group'] }).nodes).toHaveLength(3)
  expect(narrowed(graph, { ...ALL, kinds: ['group'], statuses: ['offline'] }).nodes.map(({ key }) => key)).toEqual(['laptops', 'servers', 'empty'])
  expect(countStatuses(graph.nodes).get('offline')).toBe(2)
})

test('a node is found by its name before its address', () => {
  const { nodes } = graphOf(topology())
  expect(findNodes(nodes, 'lap', 5).map(({ name }) => name)).toEqual(['laptop-01', 'laptops'])
  expect(findNodes(nodes, '10.0', 5).map(({ name }) => name)).toEqual(['subnet'])
  expect(findNodes(nodes, ' ', 5)).toEqual([])
})

test.each([
  [{}, 'laptops may reach servers on TCP 22, 443'],
  [{ services: ['everything'], bidirectional: true }, 'laptops and servers may reach each other'],
  [{ to: 'group:laptops', services: ['TCP', 'ICMP'] }, 'Peers of laptops may reach each other on TCP and ICMP'],
  [{ action: 'drop', services: ['UDP 53'] }, 'laptops may not reach servers on UDP 53'],
  [{ postureChecks: ['a', 'b'], enabled: false }, 'laptops may reach servers on TCP 22, 443 if a and b hold (off)'],
  [{ services: [], unclear: 'its ports (x) are not understood' }, 'laptops may reach servers (not clear: its ports (x) are not understood)'],
  [{ services: [] }, 'laptops may reach servers on nothing'],
  [{ action: 'reject' }, 'laptops “reject” reach servers on TCP 22, 443'],
])('a sentence of %o', (more, sentence) => {
  const row = graphOf(topology({ edges: [edge('group:laptops', 'group:servers', more)] })).rows[0]
  expect(row && sentenceOf(row)).toBe(sentence)
})

test('what was left out is said', () => {
  expect(omittedWords(topology())).toBeUndefined()
  expect(omittedWords(topology({ omitted: { ...topology().omitted, peers: 1, edges: 1200 } }))).toBe('Left out: 1 peer and 1,200 connections. At most 500 of a kind and 3,000 connections are shown.')
})
