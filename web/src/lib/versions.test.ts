import { expect, test } from 'vitest'
import { isBehind, newestVersion } from './versions'

test('the newest release, by number and not by text', () => {
  expect(newestVersion(['0.9.1', '0.76.3', '0.59.4', 'development', ''])).toBe('0.76.3')
  expect(newestVersion(['development'])).toBeUndefined()
})

test('a development build is never behind', () => {
  expect(isBehind('0.59.4', '0.76.3')).toBe(true)
  expect(isBehind('0.76.3', '0.76.3')).toBe(false)
  expect(isBehind('development', '0.76.3')).toBe(false)
})
