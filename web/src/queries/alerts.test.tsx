import { QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { ServerUnreachable } from '@/api/problem'
import type { Alert, BulkResult } from '@/api/types'
import { useChangeAlerts } from './alerts'
import { createQueryClient } from './client'

interface Sent {
  params: { header?: { 'Idempotency-Key': string } }
  body: { alertIds?: string[]; message?: string; until?: string }
}

const post = vi.hoisted(() => vi.fn<(path: string, sent: Sent) => Promise<unknown>>())

vi.mock('@/api/client', () => ({ api: { POST: post }, expectData: (answer: unknown) => answer }))

const numbered = (count: number): Alert[] => Array.from({ length: count }, (_, index) => ({ id: `a${index}`, status: 'open' }) as Alert)
const idsOf = (alerts: readonly Alert[]) => alerts.map(({ id }) => id)

const allDone = ({ body }: Sent): BulkResult => ({ done: body.alertIds ?? [], failed: [] })

function setUp() {
  const client = createQueryClient()
  return renderHook(() => useChangeAlerts(), { wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> }).result
}

beforeEach(() => {
  post.mockReset()
})

test('many alerts are one request, and each that stayed as it was says why', async () => {
  post.mockResolvedValue({ done: ['a0', 'a2'], failed: [{ id: 'a1', status: 409, title: 'Conflict', detail: 'the alert is resolved' }] } satisfies BulkResult)
  const result = setUp()
  const changed = await act(() => result.current.mutateAsync({ action: 'acknowledge', alerts: numbered(3), message: ' On it ' }))
  expect(post).toHaveBeenCalledOnce()
  expect(post.mock.calls[0]?.[0]).toBe('/api/alerts/acknowledge')
  expect(post.mock.calls[0]?.[1].body).toEqual({ alertIds: ['a0', 'a1', 'a2'], message: 'On it' })
  expect(idsOf(changed.done)).toEqual(['a0', 'a2'])
  expect(changed.unchanged.map(({ alert, error }) => [alert.id, error.message])).toEqual([['a1', 'the alert is resolved']])
})

test('one alert has its own answer', async () => {
  post.mockResolvedValue({ id: 'a0', status: 'acknowledged' })
  const result = setUp()
  const changed = await act(() => result.current.mutateAsync({ action: 'acknowledge', alerts: numbered(1), message: '' }))
  expect(post.mock.calls[0]?.[0]).toBe('/api/alerts/{id}/acknowledge')
  expect(idsOf(changed.done)).toEqual(['a0'])
})

test('more than one request takes are sent in several, and progress is told', async () => {
  post.mockImplementation((_, sent) => Promise.resolve(allDone(sent)))
  const onProgress = vi.fn()
  const result = setUp()
  const changed = await act(() => result.current.mutateAsync({ action: 'suppress', alerts: numbered(401), message: '', until: '2026-03-01T00:00:00Z', onProgress }))
  expect(post.mock.calls.map(([, { body }]) => body.alertIds?.length)).toEqual([200, 200, 1])
  expect(onProgress.mock.calls).toEqual([[0], [200], [400]])
  expect(changed.done).toHaveLength(401)
})

test('an answer that was lost is asked for again under the same key', async () => {
  vi.useFakeTimers()
  post.mockRejectedValueOnce(new ServerUnreachable('gone')).mockImplementation((_, sent) => Promise.resolve(allDone(sent)))
  const result = setUp()
  const [changed] = await Promise.all([result.current.mutateAsync({ action: 'resolve', alerts: numbered(2), message: '' }), act(() => vi.advanceTimersByTimeAsync(2000))])
  const keys = post.mock.calls.map(([, { params }]) => params.header?.['Idempotency-Key'])
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
  expect(changed.done).toHaveLength(2)
  vi.useRealTimers()
})
