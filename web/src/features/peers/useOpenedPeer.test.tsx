import { QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import type { Peer } from '@/api/types'
import { createQueryClient } from '@/queries/client'
import { useOpenedPeer } from './useOpenedPeer'

const server = vi.hoisted(() => ({ peers: new Map<string, object>(), asked: [] as string[] }))

vi.mock('@/api/client', () => ({
  api: {
    GET: (_: string, { params: { path, query } }: { params: { path: { id: string }; query: { accountId?: string } } }) => {
      server.asked.push(`${query.accountId ?? 'any'}/${path.id}`)
      return Promise.resolve(server.peers.get(path.id))
    },
  },
  expectData: (answer: unknown) => {
    if (answer === undefined) throw new ApiProblem(404)
    return answer
  },
}))

const peer = (id: string, status = 'online') => ({ id, accountId: 'hq', name: id, status }) as Peer

function setUp(opened: string | undefined, rows: readonly Peer[] | undefined) {
  const client = createQueryClient()
  return renderHook(({ rows: now }) => useOpenedPeer(opened, now), {
    initialProps: { rows },
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
}

beforeEach(() => {
  server.peers.clear()
  server.asked.length = 0
})

test('a peer of the list is as the list has it, and asked for by nobody', () => {
  const { result } = setUp('hq/db', [peer('web'), peer('db')])
  expect(result.current.peer?.name).toBe('db')
  expect(server.asked).toEqual([])
})

test('one on a page that nobody has come to is asked for, once it is known not to be on the first', async () => {
  server.peers.set('far', peer('far'))
  const { result, rerender } = setUp('hq/far', undefined)
  expect(result.current.peer).toBeUndefined()
  expect(server.asked).toEqual([])
  rerender({ rows: [peer('web')] })
  await waitFor(() => expect(result.current.peer?.name).toBe('far'))
  expect(server.asked).toEqual(['hq/far'])
})

test('one that leaves what the list is narrowed to stays open, as it is now', async () => {
  server.peers.set('db', peer('db', 'offline'))
  const { result, rerender } = setUp('hq/db', [peer('db')])
  rerender({ rows: [] })
  expect(result.current.peer?.status).toBe('online')
  await waitFor(() => expect(result.current.peer?.status).toBe('offline'))
})

test('one that is nowhere is missing', async () => {
  const { result } = setUp('hq/gone', [peer('web')])
  await waitFor(() => expect(result.current).toMatchObject({ isMissing: true, peer: undefined }))
})

test('without one in the address nothing is asked for', () => {
  const { result } = setUp(undefined, [peer('web')])
  expect(result.current).toMatchObject({ peer: undefined, isMissing: false, error: null })
  expect(server.asked).toEqual([])
})
