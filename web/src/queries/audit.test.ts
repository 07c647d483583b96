import { expect, test, vi } from 'vitest'
import { api } from '@/api/client'
import { readAuditTrail } from './audit'

vi.mock('@/api/client', async () => {
  const { expectData, expectPage } = await vi.importActual<typeof import('@/api/client')>('@/api/client')
  return { expectData, expectPage, api: { GET: vi.fn() }, session: {} }
})

test('the audit trail is read to its end, one line an entry', async () => {
  const pages = [[{ id: 'c' }, { id: 'b' }], [{ id: 'a' }]]
  const cursors: (string | undefined)[] = []
  vi.mocked(api.GET).mockImplementation((async (_path: string, { params }: { params: { query: { cursor?: string } } }) => {
    cursors.push(params.query.cursor)
    const data = pages[cursors.length - 1]
    const headers = new Headers(cursors.length < pages.length ? { link: '</api/audit/logs?cursor=next>; rel="next"' } : {})
    return Promise.resolve({ data, response: new Response(null, { headers }) })
  }) as never)
  const progress = vi.fn()
  expect(await readAuditTrail(progress, new AbortController().signal)).toEqual(['{"id":"c"}\n', '{"id":"b"}\n', '{"id":"a"}\n'])
  expect(cursors).toEqual([undefined, 'next'])
  expect(progress.mock.calls).toEqual([[2], [3]])
})
