import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useAccounts, useSyncAccount } from './accounts'
import { createQueryClient } from './client'

const server = vi.hoisted(() => ({ lastSync: '2026-01-01T00:00:00Z', asked: 0 }))

vi.mock('@/api/client', () => {
  const account = () => ({ id: 'acc', name: 'HQ', status: 'healthy', lastSync: server.lastSync, lastAttempt: server.lastSync })
  return {
    api: {
      GET: () => {
        server.asked += 1
        return Promise.resolve([account()])
      },
      POST: () => Promise.resolve(account()),
    },
    expectData: (answer: unknown) => answer,
  }
})

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000))

async function setUp() {
  const peers = vi.fn(() => Promise.resolve('peers'))
  const client = createQueryClient()
  const { result } = renderHook(
    () => {
      useQuery({ queryKey: ['peers'], queryFn: peers, refetchInterval: false })
      return { accounts: useAccounts(), sync: useSyncAccount() }
    },
    { wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> },
  )
  await pass(1)
  act(() => result.current.sync.mutate('acc'))
  await pass(1)
  server.asked = 0
  peers.mockClear()
  return { result, peers }
}

test('after “Sync now” the end of the sync is seen within seconds, and what it brought is asked for', async () => {
  const { result, peers } = await setUp()
  await pass(4)
  expect(server.asked).toBeGreaterThanOrEqual(2)
  expect(peers).not.toHaveBeenCalled()
  server.lastSync = '2026-01-01T00:01:00Z'
  await pass(3)
  expect(result.current.accounts.data?.[0]?.lastSync).toBe(server.lastSync)
  expect(peers).toHaveBeenCalledOnce()
  server.asked = 0
  await pass(25)
  expect(server.asked).toBeLessThanOrEqual(1)
})

test('a sync that does not end is not waited for for ever', async () => {
  await setUp()
  await pass(125)
  server.asked = 0
  await pass(60)
  expect(server.asked).toBeLessThanOrEqual(2)
})
