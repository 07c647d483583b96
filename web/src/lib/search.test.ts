import { expect, test } from 'vitest'
import { parseSearch, someOf, stringifySearch } from './search'

test('lists are written with plain commas and read back', () => {
  const search = stringifySearch({ status: ['open', 'acknowledged'], rule: undefined, q: 'a&b' })
  expect(search).toBe('?status=open,acknowledged&q=a%26b')
  expect(parseSearch(search)).toEqual({ status: 'open,acknowledged', q: 'a&b' })
})

test('what is not understood counts as not given', () => {
  expect(someOf('online,broken', ['online', 'offline'])).toEqual(['online'])
  expect(someOf('broken', ['online', 'offline'])).toBeUndefined()
})
