import { expect, test } from 'vitest'
import { byPlace, cellWords, placeOf, verdictLook, type Cell } from './cells'

const cell = (more: Partial<Cell>): Cell => ({ from: 'a', to: 'b', verdict: 'allowed', extent: 'all', open: ['TCP 22'], mayBeOpen: ['TCP 22'], drops: false, policies: [], pairs: 40, allowed: 40, unknown: 0, ...more })

test('a cell says what is open, and between how many', () => {
  expect(cellWords(cell({}))).toBe('Allowed on TCP 22: 40 of 40 pairs')
  expect(cellWords(cell({ verdict: 'partial', allowed: 12, drops: true }))).toBe('Allowed for some on TCP 22: 12 of 40 pairs, less what a rule drops')
  expect(cellWords(cell({ verdict: 'unknown', open: [], mayBeOpen: ['UDP 53'], allowed: 0, unknown: 1, pairs: 1 }))).toBe('Not known on UDP 53: 1 of 1 pair')
  expect(cellWords(cell({ verdict: 'denied', open: [], mayBeOpen: [], allowed: 0, drops: true }))).toBe('Denied by a rule')
})

test('a verdict of a newer API is shown by its own name', () => {
  expect(verdictLook('of-tomorrow').word).toBe('Of-tomorrow')
})

test('a cell is found by its row and column', () => {
  const found = byPlace({ accountId: '', accountName: '', groups: [], cells: [cell({})], omittedGroups: 0, omittedCells: 0, unread: [] })
  expect(found.get(placeOf('a', 'b'))?.pairs).toBe(40)
  expect(found.get(placeOf('b', 'a'))).toBeUndefined()
})
