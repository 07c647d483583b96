import { expect, test } from 'vitest'
import type { LoggedSync } from '@/api/types'
import { callInWords, quietInWords, syncInWords, took } from './syncWords'

const sync = (part: Partial<LoggedSync>): LoggedSync => ({
  startedAt: '2026-11-29T12:00:00Z',
  durationMs: 40,
  outcome: 'changed',
  calls: [],
  changes: { peers: 0, configuration: 0, events: 0, lists: 0 },
  quietBefore: { syncs: 0, leftOut: 0 },
  ...part,
})

test('what a sync found is said in words', () => {
  expect(syncInWords(sync({ changes: { peers: 2, configuration: 1, events: 3, lists: 2 } }))).toBe('2 changes of peer status, 1 change of the configuration and 3 new events')
  expect(syncInWords(sync({ changes: { peers: 0, configuration: 0, events: 0, lists: 1 } }))).toBe('1 list kept anew: only details differ')
  expect(syncInWords(sync({ outcome: 'slow' }))).toBe('Nothing new, but unusually long')
  expect(syncInWords(sync({ outcome: 'failed', error: { code: 'token_rejected', detail: '' } }))).toBe('Token not accepted')
})

test('quiet syncs are a number and what most took', () => {
  expect(quietInWords({ syncs: 120, medianMs: 41, leftOut: 0 })).toBe('120 quiet syncs, 41 ms median')
  expect(quietInWords({ syncs: 1, leftOut: 2 })).toBe('1 quiet sync; 2 syncs for which the day’s log had no room')
  expect(quietInWords({ syncs: 0, leftOut: 0 })).toBe('')
})

test('durations are as exact as they tell something', () => {
  expect([0, 999, 1000, 6200, 30_020].map(took)).toEqual(['0 ms', '999 ms', '1.0 s', '6.2 s', '30 s'])
  expect(callInWords({ list: 'dns settings', outcome: 'withheld', durationMs: 12 })).toBe('DNS settings: not given, 12 ms')
})
