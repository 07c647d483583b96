import { expect, test } from 'vitest'
import type { AccessMatrixCell } from '@/api/types'
import { lookOf } from './looks'
import { countStates, inWords, narrowed, placesOf } from './places'
import { texts } from './texts'

const group = (id: string, peers = 4) => ({ id, name: id, peers })
const cell = (from: string, to: string, more: Partial<AccessMatrixCell> = {}): AccessMatrixCell => ({ from, to, verdict: 'allowed', extent: 'all', open: ['TCP 443'], mayBeOpen: ['TCP 443'], drops: false, policies: [], pairs: 16, allowed: 16, unknown: 0, ...more })
const states = (matrix: Parameters<typeof placesOf>[0]) => placesOf(matrix).map((row) => row.map(({ state }) => state))

test('two groups without a cell have nothing open, or no pair of peers', () => {
  const groups = [group('a'), group('b', 1), group('empty', 0)]
  expect(states({ groups, cells: [cell('a', 'b')], omittedCells: 0 })).toEqual([
    ['nothing', 'allowed', 'nobody'],
    ['nothing', 'nobody', 'nobody'],
    ['nobody', 'nobody', 'nobody'],
  ])
})

test('what comes after the last cell of an answer that was cut is never told to be closed', () => {
  const groups = [group('a'), group('b')]
  expect(states({ groups, cells: [cell('a', 'b')], omittedCells: 1 })).toEqual([
    ['nothing', 'allowed'],
    ['omitted', 'omitted'],
  ])
  expect(states({ groups, cells: [], omittedCells: 3 }).flat()).toEqual(['omitted', 'omitted', 'omitted', 'omitted'])
})

test('places are narrowed by the names of both sides', () => {
  const places = placesOf({ groups: [group('Web servers'), group('db'), group('laptops')], cells: [], omittedCells: 0 })
  const names = (rows?: string, columns?: string) => narrowed(places, rows, columns).map((row) => row.map(({ from, to }) => `${from.name} ${to.name}`))
  expect(names('SERV', 'd')).toEqual([['Web servers db']])
  expect(names('', 'db')).toEqual([['Web servers db'], ['db db'], ['laptops db']])
  expect(names('laptops', 'nothing')).toEqual([])
  expect(narrowed(places)).toBe(places)
})

test('states are counted in their order, one that only a newer API has last', () => {
  const groups = [group('a'), group('b')]
  const cells = [cell('a', 'a', { verdict: 'of_tomorrow' as never }), cell('a', 'b', { verdict: 'denied' }), cell('b', 'a')]
  expect(countStates(placesOf({ groups, cells, omittedCells: 0 }))).toEqual([
    ['allowed', 1],
    ['denied', 1],
    ['nothing', 1],
    ['of_tomorrow', 1],
  ])
  expect(lookOf('of_tomorrow')).toMatchObject({ word: 'Of tomorrow', tone: 'warn' })
})

test.each([
  [{ pairs: 40, allowed: 40, unknown: 0 }, 'all 40 pairs'],
  [{ pairs: 40, allowed: 12, unknown: 0 }, '12 of 40 pairs'],
  [{ pairs: 1600, allowed: 12, unknown: 8 }, '12 of 1,600 pairs, 8 not known'],
  [{ pairs: 40, allowed: 0, unknown: 8 }, '8 of 40 pairs'],
  [{ pairs: 40, allowed: 0, unknown: 40 }, 'all 40 pairs'],
  [{ pairs: 40, allowed: 0, unknown: 0 }, 'all 40 pairs'],
  [{ pairs: 1, allowed: 1, unknown: 0 }, 'the only pair'],
])('%o is so of %s', (counts, words) => {
  expect(texts.cell.ofPairs(counts)).toBe(words)
})

test('a place is told in one breath', () => {
  const [row] = placesOf({
    groups: [group('a'), group('b')],
    cells: [cell('a', 'b', { verdict: 'partial', extent: 'some', mayBeOpen: ['TCP 443', 'UDP 53'], drops: true, allowed: 12, unknown: 3 })],
    omittedCells: 0,
  })
  expect(row?.map(inWords)).toEqual(['a to a: Nothing open', 'a to b: Allowed for some, 12 of 16 pairs, 3 not known; open: TCP 443; may be open: UDP 53; a drop rule takes something away'])
})
