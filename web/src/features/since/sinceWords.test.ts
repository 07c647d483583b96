import { expect, test } from 'vitest'
import type { Change } from '@/api/types'
import { byWhom } from './sinceWords'

const by = (...names: (string | null)[]) => names.map((name) => ({ by: name === null ? null : { id: name, name } }) as Change)

test('who changed what is counted, and whom nobody knows is not left out', () => {
  expect(byWhom(by('Ada', 'Grace', 'Ada', null))).toBe('Ada (2), Grace (1), not known (1)')
  expect(byWhom(by('a', 'b', 'c', 'd', 'e', 'f', 'f'))).toBe('f (2), a (1), b (1), c (1), 2 more')
  expect(byWhom([])).toBe('')
})
