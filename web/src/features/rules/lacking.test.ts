import { expect, test } from 'vitest'
import { lacking } from './lacking'

test('says why a rule waits, reason by reason', () => {
  expect(lacking([{ list: 'setup keys', reason: 'not_given' }])).toBe('its server does not give setup keys')
  expect(
    lacking([
      { list: 'networks', reason: 'not_yet' },
      { list: 'network routers', reason: 'not_yet' },
    ]),
  ).toBe('networks and network routers are yet to be read')
  expect(
    lacking([
      { list: 'networks', reason: 'not_given' },
      { list: 'peers', reason: 'not_readable' },
    ]),
  ).toBe('its server does not give networks and its server’s answer for peers could not be read')
  expect(lacking([{ list: 'networks', reason: 'of tomorrow' as 'not_yet' }])).toBe('networks are not known')
})
