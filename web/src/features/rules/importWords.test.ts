import { expect, test } from 'vitest'
import type { ImportedRule } from '@/api/types'
import { didDo, doesNothing, fieldWords, lineAt, willDo } from './importWords'

const some = (count: number): ImportedRule[] => Array.from({ length: count }, (_, index) => ({ name: `r${index}`, sentence: '' }))

test('what an import does is said before and after', () => {
  const all = { created: some(2), changed: some(1), deleted: some(3) }
  expect(willDo(all)).toBe('create 2, change 1 and delete 3 rules')
  expect(willDo({ created: some(1), changed: [], deleted: [] })).toBe('create 1 rule')
  expect(didDo(all)).toBe('2 rules created, 1 rule changed and 3 rules deleted.')
  expect(didDo({ created: [], changed: [], deleted: [] })).toBe('Nothing had to change.')
  expect([doesNothing(all), doesNothing({ created: [], changed: [], deleted: [] })]).toEqual([false, true])
})

test.each([
  [{ pointer: '/conditionConfig/duration', from: 5, to: 10 }, { field: 'conditionConfig › duration', from: '5', to: '10' }],
  [{ pointer: '/description', from: 'Call them.' }, { field: 'description', from: 'Call them.', to: 'not set' }],
  [{ pointer: '/conditionConfig/groups', to: ['a', 'b'] }, { field: 'conditionConfig › groups', from: 'not set', to: '["a","b"]' }],
  [{ pointer: '/notificationConfig/webhook/url' }, { field: 'notificationConfig › webhook › url', from: 'not shown', to: 'the secret in the document' }],
])('a field that is changed: %o', (field, words) => {
  expect(fieldWords(field)).toEqual(words)
})

test('a line is found in its text', () => {
  const text = 'version: 1\nrules:\n  - name: a'
  const { start, end } = lineAt(text, 2)
  expect(text.slice(start, end)).toBe('rules:')
  expect(lineAt(text, 9)).toEqual({ start: text.length, end: text.length })
})
