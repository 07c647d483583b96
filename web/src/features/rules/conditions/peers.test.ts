import { expect, test } from 'vitest'
import { everyPeer, isNarrowed, peersOf, systemTitle, toPeers } from './peers'

test('what nothing is asked of is left out of the request, and is there in the form', () => {
  expect(toPeers(everyPeer())).toEqual({})
  expect(toPeers({ ...everyPeer(), names: ['db-*'] })).toEqual({ names: ['db-*'] })
  expect(peersOf({ names: ['db-*'] })).toEqual({ ...everyPeer(), names: ['db-*'] })
})

test('groups alone are no narrow choice', () => {
  const groups = { ...everyPeer(), groups: ['servers'] }
  expect([isNarrowed(groups), isNarrowed({ ...groups, users: ['u'] })]).toEqual([false, true])
})

test('a system that it has never heard of has its own name', () => {
  expect(systemTitle('plan_9')).toBe('Plan 9')
})
