import { QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { createQueryClient, REFRESH_MS } from './client'
import { usePagedList } from './pagedList'

const PAGE = 200
const ROWS = 10_000

/** A list of 10,000 rows, which counts what is asked of it. */
function setUp() {
  const asked: string[] = []
  const server = { failing: undefined as ApiProblem | undefined, busy: 0, atOnce: 0, emptyUntil: 0 }
  const fetchPage = vi.fn(async (cursor: string | undefined) => {
    asked.push(cursor ?? '0')
    server.busy += 1
    server.atOnce = Math.max(server.atOnce, server.busy)
    await new Promise((resolve) => setTimeout(resolve, 50))
    server.busy -= 1
    if (server.failing) throw server.failing
    const start = Number(cursor ?? 0)
    const next = start + PAGE < ROWS ? String(start + PAGE) : null
    const items = start < server.emptyUntil ? [] : Array.from({ length: PAGE }, (_, index) => `row-${start + index}`)
    return { items, total: ROWS, next }
  })
  const client = createQueryClient()
  const { result, rerender } = renderHook(({ filter }) => usePagedList({ queryKey: ['rows', filter], fetchPage, idOf: (row) => row, staleTime: 15_000 }), {
    initialProps: { filter: '' },
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
  const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
  const scrollTo = async (row: number) => {
    while ((result.current.items?.length ?? 0) <= row) {
      const end = (result.current.items?.length ?? 1) - 1
      act(() => result.current.see(Math.max(0, end - 40), end))
      await pass(60)
    }
    act(() => result.current.see(row - 20, row + 20))
    await pass(60)
  }
  return { asked, server, result, rerender, pass, scrollTo }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('ten thousand rows scrolled through are refreshed where they are seen, by two requests at most', async () => {
  const { asked, server, result, pass, scrollTo } = setUp()
  await pass(60)
  await scrollTo(9_990)
  expect(result.current.items).toHaveLength(ROWS)
  expect(server.atOnce).toBeLessThanOrEqual(2)
  await scrollTo(4_100)
  asked.length = 0
  await pass(REFRESH_MS + 100)
  expect(asked.length).toBeLessThanOrEqual(3)
  expect(new Set(asked)).toEqual(new Set(['4000']))
  expect(server.atOnce).toBeLessThanOrEqual(2)
})

test('a list whose first pages have nothing of what is asked for reads on, and does not say that there is nothing', async () => {
  const { asked, server, result, rerender, pass } = setUp()
  server.emptyUntil = 3 * PAGE
  rerender({ filter: 'critical' })
  await pass(60)
  expect(result.current.items).toBeUndefined()
  for (let page = 0; page < 4; page += 1) await pass(60)
  expect(result.current.items).toHaveLength(PAGE)
  expect(result.current.items?.[0]).toBe(`row-${server.emptyUntil}`)
  expect(new Set(asked.slice(-4))).toEqual(new Set(['0', '200', '400', '600']))
})

test('a page that fails is asked for again by a press alone', async () => {
  const { asked, server, result, pass } = setUp()
  await pass(60)
  server.failing = new ApiProblem(422, { type: 'x/validation' })
  act(() => result.current.see(150, 190))
  await pass(100)
  expect(result.current).toMatchObject({ failedMore: true, hasMore: true })
  asked.length = 0
  for (let render = 0; render < 5; render += 1) act(() => result.current.see(150 + render, 195))
  await pass(REFRESH_MS - 1000)
  expect(asked).toEqual([])
  server.failing = undefined
  act(() => result.current.retry())
  await pass(100)
  expect(result.current.items).toHaveLength(2 * PAGE)
})

test('a server that asks to wait is not asked before', async () => {
  const { asked, server, pass } = setUp()
  server.failing = new ApiProblem(429, { type: 'x/rate-limited' }, new Headers({ 'retry-after': '12' }))
  await pass(100)
  expect(asked).toHaveLength(1)
  await pass(11_000)
  expect(asked).toHaveLength(1)
  await pass(2_000)
  expect(asked).toHaveLength(2)
})

test('and neither by a refresh nor by somebody who comes back to the window, however long it asks to wait', async () => {
  const { asked, server, result, pass } = setUp()
  await pass(60)
  server.failing = new ApiProblem(429, { type: 'x/rate-limited' }, new Headers({ 'retry-after': '120' }))
  await pass(REFRESH_MS + 100)
  expect(result.current.error).toBe(server.failing)
  asked.length = 0
  await pass(3 * REFRESH_MS)
  act(() => void window.dispatchEvent(new Event('visibilitychange')))
  await pass(100)
  expect(asked).toEqual([])
  server.failing = undefined
  await pass(REFRESH_MS + 100)
  expect(asked).toHaveLength(1)
  expect(result.current.error).toBeNull()
})

test('another view begins at its start, with the rows before it until its own come', async () => {
  const { result, rerender, pass, scrollTo } = setUp()
  await pass(60)
  await scrollTo(500)
  rerender({ filter: 'srv' })
  expect(result.current).toMatchObject({ fading: true })
  await pass(60)
  expect(result.current).toMatchObject({ fading: false })
  expect(result.current.items).toHaveLength(PAGE)
})
