import { expect, test } from 'vitest'
import type { AccessChange } from '@/api/types'
import { decodeChanges, encodeChanges, isPorts, MOST_CHANGES, readChanges } from './tried'

const RULE = { name: '', enabled: true, action: 'accept', protocol: 'tcp', ports: ['22', '8000-8010'], bidirectional: false, sources: ['g1'], destinations: [], destinationResource: { id: 'r1', type: 'host' } }

const CHANGES: AccessChange[] = [
  { type: 'policy_switch', id: 'p1', enabled: false },
  { type: 'policy_delete', id: 'p2' },
  { type: 'group_members', id: 'g1', add: ['peer-1'], remove: [] },
  { type: 'router_switch', id: 'r1', enabled: true },
  { type: 'resource_switch', id: 'r1', enabled: false },
  { type: 'policy_put', policy: { id: 'p3', name: 'Büro → Köln 🚀', enabled: true, postureChecks: ['c1'], rules: [RULE] } },
]

test('what an address holds is what was put into it, in letters that no address changes', () => {
  const written = encodeChanges(CHANGES)
  expect(written).toMatch(/^[\w-]+$/)
  expect(decodeChanges(written)).toEqual(CHANGES)
})

test('what is none of the changes that this page knows is not half read', () => {
  const wrong: unknown[] = [
    'text',
    [{ type: 'moon' }],
    [{ type: 'policy_delete', id: '' }],
    [{ type: 'policy_switch', id: 'p1' }],
    [{ type: 'group_members', id: 'g1', add: [7] }],
    [{ type: 'policy_put', policy: { name: 'x', rules: [{ ...RULE, ports: ['0'] }] } }],
    [{ type: 'policy_put', policy: { name: 'x', rules: [{ ...RULE, sourceResource: { id: 'r1', type: 'moon' } }] } }],
    [...CHANGES, null],
    Array.from({ length: MOST_CHANGES + 1 }, () => CHANGES[0]),
  ]
  expect(wrong.map(readChanges)).toEqual(wrong.map(() => undefined))
  expect([decodeChanges('%%'), decodeChanges('eyJ'), decodeChanges(encodeChanges(CHANGES).slice(0, -9))]).toEqual([undefined, undefined, undefined])
})

test('what others wrote down is read without what they may leave out, and without what is not known', () => {
  expect(readChanges([{ type: 'policy_put', policy: { name: 'x', rules: [{ action: 'drop', protocol: 'all', sources: ['g1'], destinations: ['g2'], moon: 1 }] }, sun: 2 }])).toEqual([
    { type: 'policy_put', policy: { name: 'x', enabled: true, postureChecks: [], rules: [{ name: '', enabled: true, action: 'drop', protocol: 'all', ports: [], bidirectional: false, sources: ['g1'], destinations: ['g2'] }] } },
  ])
})

test('ports and ranges of them', () => {
  expect(['22', '8000-8010', '65535'].every(isPorts)).toBe(true)
  expect(['', '0', '70000', '20-10', '1-2-3', '-5', 'x'].some(isPorts)).toBe(false)
})
