import { expect, test } from 'vitest'
import { fits, literalOf } from './pattern'

test.each([
  ['db-*', 'DB-1', true],
  ['db-*', 'db-', true],
  ['db-*', 'web-db-1', false],
  ['*-prod', 'db-prod', true],
  ['*-prod', 'db-prod-2', false],
  ['?one', 'lone', false],
  ['?one', '?ONE', true],
  ['*1*', 'web-10', true],
  ['web', 'web-10', false],
  ['a.c', 'abc', false],
  ['srv[1]', 'srv[1]', true],
  ['a*b*c*d', 'a-b-c-d', true],
  ['a*b*c*d', 'a-c-b-d', false],
  ['a*bc*bc*d', 'abcd', false],
  ['ab*ba', 'aba', false],
  ['ab*ba', 'abba', true],
  ['a**b', 'ab', true],
  ['büro-*', 'BÜRO-ß', true],
  ['ΣΑΣ*', 'σασα', true],
])('%s and %s: %s', (pattern, name, does) => expect(fits(pattern, name)).toBe(does))

test('a search asks for the longest part that stands for itself', () => {
  expect(['*', 'db-*', '?a*-prod', 'web'].map(literalOf)).toEqual(['', 'db-', '-prod', 'web'])
})
