import { expect, test } from 'vitest'
import { fits, literalOf } from './pattern'

test.each([
  ['db-*', 'DB-1', true],
  ['db-*', 'db-', true],
  ['db-*', 'web-db-1', false],
  ['?one', 'lone', true],
  ['?one', 'one', false],
  ['*1*', 'web-10', true],
  ['web', 'web-10', false],
  ['a.c', 'abc', false],
  ['srv[1]', 'srv[1]', true],
  ['büro-?', 'BÜRO-ß', true],
])('%s and %s: %s', (pattern, name, does) => expect(fits(pattern, name)).toBe(does))

test('a search asks for the longest part that stands for itself', () => {
  expect(['*', 'db-*', '?a*-prod', 'web'].map(literalOf)).toEqual(['', 'db-', '-prod', 'web'])
})
