// @vitest-environment jsdom
import { expect, test, vi } from 'vitest'
import { fileOf } from './files'

const answer = (data: Blob, next: string | null) => ({
  data,
  response: new Response(null, { headers: next === null ? {} : { link: `</api/netbird/peers?limit=2&cursor=${next}>; rel="next"` } }),
})

test('a list is read part by part until no other follows, as the file that it is', async () => {
  const [first, second] = [new Blob(['id,name\r\n1,a\r\n']), new Blob(['2,b\r\n'])]
  const ask = vi.fn().mockResolvedValueOnce(answer(first, 'c1')).mockResolvedValueOnce(answer(second, null))
  const { signal } = new AbortController()
  const parts = await fileOf(ask)(signal)
  expect(parts).toHaveLength(2)
  expect([parts[0] === first, parts[1] === second]).toEqual([true, true])
  expect(ask.mock.calls.map(([cursor]) => cursor as unknown)).toEqual([undefined, 'c1'])
  expect(ask.mock.calls[0]?.[1]).toEqual({ headers: { accept: 'text/csv' }, parseAs: 'blob', signal })
})
