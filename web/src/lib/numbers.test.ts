import { expect, test } from 'vitest'
import { byCount, listed, listedParts, plural } from './numbers'

test('plural', () => {
  expect(plural(1, 'peer')).toBe('1 peer')
  expect(plural(0, 'peer')).toBe('0 peers')
  expect(plural(12, 'policy', 'policies')).toBe('12 policies')
})

test('byCount', () => {
  const forms = { one: 'is left', other: 'are left' }
  expect([0, 1, 2, 21].map((count) => byCount(count, forms))).toEqual(['are left', 'is left', 'are left', 'are left'])
})

test('listed', () => {
  expect(listed([])).toBe('')
  expect(listed(['a'])).toBe('a')
  expect(listed(['a', 'b'])).toBe('a and b')
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
  expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c')
})

test('listed parts', () => {
  const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
  expect(listedParts([])).toEqual([])
  expect(listedParts([a])).toEqual([a])
  expect(listedParts([a, b])).toEqual([a, ' and ', b])
  expect(listedParts([a, b, c])).toEqual([a, ', ', b, ' and ', c])
})
