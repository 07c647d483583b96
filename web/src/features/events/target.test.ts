import { expect, test } from 'vitest'
import { targetOf } from './target'

const EVENT = { source: 'netbird' as const, changes: [] }

test.each([
  ['peer.setupkey.add', 'p1', {}, { kind: 'peer', id: 'p1' }],
  ['user.peer.login', 'p1', {}, { kind: 'peer', id: 'p1' }],
  ['peer.group.delete', 'p1', { group: 'routers' }, { kind: 'peer', id: 'p1' }],
  ['user.group.add', 'u1', {}, { kind: 'user', id: 'u1' }],
  ['policy.update', 'po1', {}, { kind: 'policy', id: 'po1' }],
  ['setupkey.revoke', 'k1', {}, { kind: 'setup-key', id: 'k1' }],
  ['personal.access.token.delete', 'u1', {}, { kind: 'user', id: 'u1' }],
  ['network.resource.delete', 'r1', { network_id: 'n1' }, { kind: 'network', id: 'n1' }],
  ['network.update', 'n1', {}, { kind: 'network', id: 'n1' }],
])('%s is about %s', (activityCode, targetId, meta, target) => {
  expect(targetOf({ ...EVENT, activityCode, targetId, meta })).toEqual(target)
})

test.each([
  ['policy.delete', 'po1'],
  ['posture.check.deleted', 'c1'],
  ['nameserver.group.delete', 'n1'],
  ['user.peer.delete', 'p1'],
  ['network.router.create', 'r1'],
  // As a real server has it.
  ['peer.ssh.enable', '100.101.10.242'],
  ['account.create', 'a1'],
  ['policy.add', ''],
])('%s leads nowhere', (activityCode, targetId) => {
  expect(targetOf({ ...EVENT, activityCode, targetId, meta: {} })).toBeUndefined()
})

test('a change that NetBird does not tell is about what changed, if that is still there', () => {
  const change = { id: 'c1', resource: 'policies' as const, kind: 'updated' as const, itemId: 'po1', itemName: 'wiki', sentences: [] }
  const seen = { activityCode: 'platform.policies.updated', targetId: 'po1', meta: {}, source: 'platform' as const }
  expect(targetOf({ ...seen, changes: [change] })).toEqual({ kind: 'policy', id: 'po1' })
  expect(targetOf({ ...seen, changes: [{ ...change, kind: 'deleted' }] })).toBeUndefined()
  expect(targetOf({ ...seen, changes: [{ ...change, resource: 'settings' }] })).toBeUndefined()
  expect(targetOf({ ...seen, activityCode: 'platform.peer.offline', targetId: 'p1', changes: [] })).toEqual({ kind: 'peer', id: 'p1' })
})
