// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { expectData, nextCursor } from './client'
import { ApiProblem } from './problem'

describe('nextCursor', () => {
  test('reads the next page from the Link header', () => {
    expect(nextCursor('</api/netbird/peers?limit=200&cursor=a%2Bb>; rel="next"')).toBe('a+b')
    expect(nextCursor('</x?cursor=p>; rel="prev", </x?cursor=n>; rel="next"')).toBe('n')
  })

  test('the last page has none', () => {
    expect(nextCursor(null)).toBeNull()
    expect(nextCursor('</x?cursor=p>; rel="prev"')).toBeNull()
  })
})

test('an error answer becomes a problem with its fields and request id', () => {
  const error = {
    type: 'https://netbird-platform.dev/problems/validation',
    title: 'Not valid',
    status: 422,
    detail: 'One field is not valid.',
    requestId: 'r-1',
    errors: [{ pointer: '/email', detail: 'Not an address.' }],
  }
  const response = new Response(null, { status: 422 })
  expect(() => expectData({ error, response })).toThrow(ApiProblem)
  try {
    expectData({ error, response })
  } catch (problem) {
    expect(problem).toMatchObject({ slug: 'validation', requestId: 'r-1', fields: error.errors, message: error.detail })
  }
})
