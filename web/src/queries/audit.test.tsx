import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import { Blob } from 'node:buffer'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { readAuditTrail, useAuditEntry, type AuditFilters, type AuditFormat } from './audit'

vi.mock('@/api/client', async () => {
  const { expectData, expectPage, nextCursor } = await vi.importActual<typeof import('@/api/client')>('@/api/client')
  return { expectData, expectPage, nextCursor, api: { GET: vi.fn() }, session: {} }
})

type Query = Record<string, string | undefined>

/** Answers with parts of an export, one after the other; a problem in between is thrown once. */
function exportOf(parts: readonly (string | ApiProblem)[]) {
  const queries: Query[] = []
  let part = 0
  vi.mocked(api.GET).mockImplementation((async (_path: string, { params }: { params: { query: Query } }) => {
    queries.push(params.query)
    const body = parts[part]
    part += 1
    if (body === undefined || body instanceof ApiProblem) throw body ?? new Error('There is no more.')
    const headers = new Headers(part < parts.length ? { link: `</api/audit/export?cursor=${part}>; rel="next"` } : {})
    // A part without anything has no body.
    return Promise.resolve({ data: body === '' ? undefined : new Blob([body]), response: new Response(null, { headers }) })
  }) as never)
  return queries
}

async function read(format: AuditFormat, filters: AuditFilters = {}, onProgress: (read: number) => void = () => undefined) {
  const { parts, entries } = await readAuditTrail({ format, filters, onProgress, signal: new AbortController().signal })
  return { text: Buffer.concat(await Promise.all(parts.map(async (part) => Buffer.from(await part.arrayBuffer())))).toString(), entries }
}

test('the audit trail is read to its end, part by part, each with the same filters', async () => {
  const queries = exportOf(['{"id":"c"}\n{"id":"b"}\n', '', '{"id":"a"}\n'])
  const progress = vi.fn()
  expect(await read('jsonl', { action: 'rule', ip: '::1' }, progress)).toEqual({ text: '{"id":"c"}\n{"id":"b"}\n{"id":"a"}\n', entries: 3 })
  expect(queries).toEqual([undefined, '1', '2'].map((cursor) => ({ action: 'rule', ip: '::1', format: 'jsonl', ...(cursor && { cursor }) })))
  expect(progress.mock.calls).toEqual([[2], [2], [3]])
})

test('the line of names of a table is no entry; nor is a line in a cell', async () => {
  const parts = ['time,user\r\n1,Ada\r\n2,"Lea ""the\r\nnight"" shift"\r\n', '3,"a, b"\r\n']
  exportOf(parts)
  expect(await read('csv')).toEqual({ text: parts.join(''), entries: 3 })
  exportOf(['time,user\r\n'])
  expect((await read('csv')).entries).toBe(0)
})

describe('a part that fails', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const busy = () => new ApiProblem(503, {}, new Headers({ 'retry-after': '3' }))

  test('is asked for again when the server says', async () => {
    const queries = exportOf([busy(), '{"id":"a"}\n'])
    const reading = read('jsonl')
    await vi.advanceTimersByTimeAsync(2999)
    expect(queries.length).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect((await reading).entries).toBe(1)
    expect(queries).toEqual([{ format: 'jsonl' }, { format: 'jsonl' }])
  })

  test('is not for ever, nor if asking again is of no use', async () => {
    exportOf([busy(), busy(), busy()])
    const reading = expect(read('jsonl')).rejects.toThrow('503')
    await vi.advanceTimersByTimeAsync(6000)
    await reading
    const queries = exportOf([new ApiProblem(403)])
    await expect(read('jsonl')).rejects.toThrow('403')
    expect(queries.length).toBe(1)
  })

  test('is not asked for again by whoever went away', async () => {
    const queries = exportOf([busy(), '{"id":"a"}\n'])
    const aborter = new AbortController()
    const reading = expect(readAuditTrail({ format: 'jsonl', filters: {}, onProgress: () => undefined, signal: aborter.signal })).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(1000)
    aborter.abort()
    await reading
    expect(queries.length).toBe(1)
  })
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
