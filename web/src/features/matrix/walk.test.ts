import { expect, test } from 'vitest'
import { stepOf } from './walk'

const from = (row: number, column: number, key: string, ctrlKey = false) => {
  const to = stepOf({ key, ctrlKey, metaKey: false }, { row, column }, { rows: 30, columns: 30 })
  return to && [to.row, to.column]
}

test('keys walk the matrix, and not out of it', () => {
  expect(from(3, 3, 'ArrowUp')).toEqual([2, 3])
  expect(from(0, 3, 'ArrowUp')).toEqual([0, 3])
  expect(from(29, 3, 'ArrowDown')).toEqual([29, 3])
  expect(from(3, 0, 'ArrowLeft')).toEqual([3, 0])
  expect(from(3, 28, 'ArrowRight')).toEqual([3, 29])
  expect(from(3, 3, 'Home')).toEqual([3, 0])
  expect(from(3, 3, 'End')).toEqual([3, 29])
  expect(from(3, 3, 'Home', true)).toEqual([0, 0])
  expect(from(3, 3, 'End', true)).toEqual([29, 29])
  expect(from(3, 3, 'PageUp')).toEqual([0, 3])
  expect(from(25, 3, 'PageDown')).toEqual([29, 3])
})

test('other keys lead nowhere', () => {
  expect(from(3, 3, 'Enter')).toBeUndefined()
  expect(from(3, 3, 'ArrowUp', true)).toBeUndefined()
})
