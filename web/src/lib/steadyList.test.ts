import { describe, expect, test } from 'vitest'
import { holdSteady } from './steadyList'

interface Row {
  id: string
  word: string
}

const rows = (text: string): Row[] => text.split(' ').map((entry) => ({ id: entry.charAt(0), word: entry }))
const shown = rows('a1 b1 c1')
const hold = (fresh: string) =>
  holdSteady(
    shown.map(({ id }) => id),
    new Map(shown.map((row) => [row.id, row])),
    rows(fresh),
    ({ id }) => id,
  )
const words = (steady: ReturnType<typeof hold>) => steady.rows.map(({ item, gone }) => item.word + (gone ? ' gone' : ''))

describe('under the pointer', () => {
  test('rows keep their place and take their new content', () => {
    expect(words(hold('c2 a2 b2'))).toEqual(['a2', 'b2', 'c2'])
  })

  test('new rows wait', () => {
    const steady = hold('d1 a1 e1 b1 c1')
    expect(words(steady)).toEqual(['a1', 'b1', 'c1'])
    expect(steady.waiting).toBe(2)
  })

  test('rows that vanished stay where they were', () => {
    expect(words(hold('a2 c2'))).toEqual(['a2', 'b1 gone', 'c2'])
  })

  test('the next page is appended', () => {
    const steady = hold('a1 b1 c1 d1 e1')
    expect(words(steady)).toEqual(['a1', 'b1', 'c1', 'd1', 'e1'])
    expect(steady.waiting).toBe(0)
  })
})
