import { expect, test } from 'vitest'
import type { RuleHistoryTest } from '@/api/types'
import { markOf, pastInWords, together } from './past'

const alert = {} as RuleHistoryTest['alerts'][number]

test.each([
  [{ alerts: [], omitted: 0, messages: 0 }, 'It would not have fired.'],
  [{ alerts: [alert], omitted: 0, messages: 2 }, 'It would have fired once, and each of its channels would have been sent 2 messages.'],
  [{ alerts: [alert], omitted: 1, messages: 0 }, 'It would have fired 2 times, and nobody would have been told.'],
])('what would have fired, in words', (past, words) => {
  expect(pastInWords(past)).toBe(words)
})

const WEEK = { from: '2026-03-01T00:00:00Z', to: '2026-03-11T00:00:00Z' }

test('a stretch of time has its place in the whole', () => {
  expect(markOf({ from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' }, WEEK)).toEqual({ left: 0.1, width: 0.1 })
  expect(markOf({ from: '2026-03-06T00:00:00Z', to: null }, WEEK)).toEqual({ left: 0.5, width: 0.5 })
  expect(markOf({ from: '2026-02-01T00:00:00Z', to: '2026-03-02T00:00:00Z' }, WEEK)).toEqual({ left: 0, width: 0.1 })
  expect(markOf({ from: '2026-02-01T00:00:00Z', to: '2026-02-02T00:00:00Z' }, WEEK)).toBeUndefined()
})

test('what overlaps counts once', () => {
  const hour = (from: number, to: number) => ({ from: `2026-03-01T0${from}:00:00Z`, to: `2026-03-01T0${to}:00:00Z` })
  expect(together([hour(3, 5), hour(1, 4), hour(7, 8)])).toBe(5 * 3600_000)
})
