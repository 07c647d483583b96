import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '@/lib/time'
import { aroundFired, peerOf } from './around'

const FIRED = Date.parse('2026-03-08T12:00:00Z')
const at = (time: number) => new Date(time).toISOString()
const details = (beganAt: number, total = 1, names = ['p']) => ({ beganAt: at(beganAt), groups: [], of: 9, affected: { total, peers: names.map((id) => ({ id, name: id, since: at(beganAt) })) } })
const reach = (before: number, lasted?: number) => {
  const { from, to } = aroundFired({ triggeredAt: at(FIRED), ...(lasted !== undefined && { resolvedAt: at(FIRED + lasted) }), details: details(FIRED - before) })
  expect(FIRED - from, 'the moment is in the middle').toBe(to - FIRED)
  return (to - FIRED) / HOUR
}

test('a strip holds when it began and when it was over', () => {
  expect(reach(3 * MINUTE)).toBe(1)
  expect(reach(55 * MINUTE), 'not at its very edge').toBe(3)
  expect(reach(3 * MINUTE, 20 * HOUR)).toBe(48)
})

test('what began long before is cut at a week', () => expect(reach(720 * HOUR)).toBe(168))

test('an alert is about one peer if it names one, and counts no more', () => {
  expect(peerOf({ details: details(FIRED) })?.id).toBe('p')
  expect(peerOf({ details: details(FIRED, 0) })?.id, 'also when it is back').toBe('p')
  expect(peerOf({ details: details(FIRED, 4) })).toBeUndefined()
  expect(peerOf({ details: details(FIRED, 2, ['p', 'q']) })).toBeUndefined()
  expect(peerOf({ details: details(FIRED, 2, []) })).toBeUndefined()
})
