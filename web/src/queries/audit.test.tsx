import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import { api } from '@/api/client'
import { readAuditTrail, useAuditEntry } from './audit'

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

const ENTRY = '0193a000-0000-7000-8000-000000000001'

function entryOf(id: string | undefined) {
  vi.mocked(api.GET).mockResolvedValue({ data: [{ id: ENTRY }], response: new Response(null) } as never)
  const client = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>
  return renderHook(() => useAuditEntry(id), { wrapper }).result
}

test('an entry is found by when its id says it was made', async () => {
  const found = entryOf(ENTRY)
  expect(found.current).toBeUndefined()
  await waitFor(() => expect(found.current).toEqual({ id: ENTRY }))
})

test('what is not there is known not to be', async () => {
  const other = entryOf(ENTRY.replace(/1$/, '2'))
  expect(other.current).toBeUndefined()
  await waitFor(() => expect(other.current).toBeNull())
  // No entry has such an id.
  expect(entryOf('0193a000').current).toBeNull()
})

test('no entry is looked for until one is wanted', () => {
  expect(entryOf(undefined).current).toBeUndefined()
})
