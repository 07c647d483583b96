import { expect, test } from 'vitest'
import type { Event } from '@/api/types'
import { activityOptions, activityWords, facetsOf, namedOptions } from './facets'

const event = (part: Partial<Event>): Event => ({
  id: '1',
  accountId: 'a',
  timestamp: '2026-11-28T12:00:00Z',
  source: 'netbird',
  text: 'Peer added: “laptop-11”, by Nora',
  activity: 'Peer added',
  activityCode: 'user.peer.add',
  changes: [],
  initiatorId: 'u1',
  initiatorName: 'Nora',
  initiatorEmail: 'nora@acme.example',
  targetId: 'p1',
  meta: { name: 'laptop-11' },
  ...part,
})

const EVENTS = [
  event({}),
  event({ activity: 'Peer renamed', activityCode: 'peer.rename', meta: { name: 'laptop-eleven' } }),
  event({ activity: 'User joined', activityCode: 'user.join', initiatorName: '', targetId: 'u1', meta: {} }),
  event({ activity: 'Peer added', activityCode: 'setupkey.peer.add', initiatorId: 'k1', initiatorName: '', initiatorEmail: '', targetId: 'p2', meta: { name: 'srv-01' } }),
]

test('things are called as the newest event calls them', () => {
  const { initiators, targets } = facetsOf(EVENTS)
  expect([...targets]).toEqual([
    ['p1', { label: 'laptop-11', count: 2 }],
    ['p2', { label: 'srv-01', count: 1 }],
  ])
  // A setup key that no event names is none that anybody would choose.
  expect([...initiators]).toEqual([['u1', { label: 'Nora', count: 3 }]])
})

test('whoever has no name is called by email', () => {
  expect(namedOptions(facetsOf([event({ initiatorName: '' })]).initiators, false)).toEqual([{ value: 'u1', label: 'nora@acme.example', count: undefined }])
})

test('a beginning that several codes share stands before them, with the events of all', () => {
  const options = activityOptions(facetsOf(EVENTS).activities, true)
  expect(options.map(({ label, count }) => [label, count])).toEqual([
    ['Peer renamed (peer.rename)', 1],
    ['Peer added (setupkey.peer.add)', 1],
    ['Anything under user', 2],
    ['User joined (user.join)', 1],
    ['Peer added (user.peer.add)', 1],
  ])
})

test('a part of the log is not counted', () => {
  const { activities, targets } = facetsOf(EVENTS)
  expect([...activityOptions(activities, false), ...namedOptions(targets, false)].every(({ count }) => count === undefined)).toBe(true)
})

test('a code that was never seen stands for itself', () => {
  const { activities } = facetsOf(EVENTS)
  expect(activityWords('moon.land', activities)).toBe('moon.land')
  expect(activityWords('use', activities)).toBe('use')
  expect(activityWords('user.peer', activities)).toBe('Anything under user.peer')
})
