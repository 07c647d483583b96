import { expect, test } from 'vitest'
import { ownTitle, ownValue } from './own'

test('a series is told by name and tags, a value with its unit', () => {
  expect(ownTitle({ name: 'queue', tags: {} })).toBe('queue')
  expect(ownTitle({ name: 'backup.age', tags: { host: 'db1', job: 'nightly' } })).toBe('backup.age (host=db1, job=nightly)')
  expect([ownValue(26.5, 'h'), ownValue(3, ''), ownValue(1 / 3, '')]).toEqual(['26.5 h', '3', '0.333333'])
})
