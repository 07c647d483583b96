import { expect, test } from 'vitest'
import { everyPeer, isEverybody, isNarrowed, peersOf, placeOf, toPeers, type PeersDraft } from './peers'

test.each<[Partial<PeersDraft>, string]>([
  [{}, ' of the network'],
  [{ groups: ['servers', 'routers'] }, ' of servers or routers'],
  [{ names: ['db-*'] }, ' named db-*'],
  [{ groups: ['servers'], names: ['a', 'b'], operatingSystems: ['linux'], exceptGroups: ['lab'] }, ' of servers named a or b, running Linux and not in lab'],
  [{ users: ['a', 'b', 'c', 'd'] }, ' registered by a, b, c or d'],
  [{ users: ['a', 'b', 'c', 'd', 'e'] }, ' registered by a, b, c or 2 more'],
  [{ operatingSystems: ['macos', 'ios'] }, ' running macOS or iOS'],
])('says which they are as the API does: %j', (part, words) => expect(placeOf({ ...everyPeer(), ...part })).toBe(words))

test('what nothing is asked of is left out of the request, and is there in the form', () => {
  expect(toPeers(everyPeer())).toEqual({})
  expect(toPeers({ ...everyPeer(), names: ['db-*'] })).toEqual({ names: ['db-*'] })
  expect(peersOf({ names: ['db-*'] })).toEqual({ ...everyPeer(), names: ['db-*'] })
})

test('groups alone are no narrow choice', () => {
  const groups = { ...everyPeer(), groups: ['servers'] }
  expect([isEverybody(everyPeer()), isEverybody(groups), isNarrowed(groups), isNarrowed({ ...groups, users: ['u'] })]).toEqual([true, false, false, true])
})

test('a system that it has never heard of has its own name', () => {
  expect(placeOf({ ...everyPeer(), operatingSystems: ['plan_9' as never] })).toBe(' running Plan 9')
})
