import { expect, test } from 'vitest'
import { momentOf } from './moment'

test('an id of version 7 says when it was made', () => {
  // The example of RFC 9562.
  expect(new Date(momentOf('017F22E2-79B0-7CC3-98C4-DC0C0C07398F') ?? 0).toISOString()).toBe('2022-02-22T19:22:22.000Z')
})

test.each(['919108f7-52d1-4320-9bac-f847db4148a8', 'nonsense', ''])('“%s” does not', (id) => expect(momentOf(id)).toBeUndefined())
