import { expect, test } from 'vitest'
import { listed, plural } from './numbers'

test('plural', () => {
  expect(plural(1, 'peer')).toBe('1 peer')
  expect(plural(0, 'peer')).toBe('0 peers')
  expect(plural(12, 'policy', 'policies')).toBe('12 policies')
})

test('listed', () => {
  expect(listed([])).toBe('')
  expect(listed(['a'])).toBe('a')
  expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c')
})
