import { expect, test } from 'vitest'
import { localPath, parseSearch, someOf, stringifySearch } from './search'

test('lists are written with plain commas and read back', () => {
  const search = stringifySearch({ status: ['open', 'acknowledged'], rule: undefined, q: 'a&b' })
  expect(search).toBe('?status=open,acknowledged&q=a%26b')
  expect(parseSearch(search)).toEqual({ status: 'open,acknowledged', q: 'a&b' })
})

test('what is not understood counts as not given', () => {
  expect(someOf('online,broken', ['online', 'offline'])).toEqual(['online'])
  expect(someOf('broken', ['online', 'offline'])).toBeUndefined()
})

test('the address to return to never leads away', () => {
  expect(localPath('/peers?status=offline')).toBe('/peers?status=offline')
  expect(localPath('//evil.example')).toBeUndefined()
  expect(localPath('/\\evil.example')).toBeUndefined()
  expect(localPath('https://evil.example')).toBeUndefined()
})
