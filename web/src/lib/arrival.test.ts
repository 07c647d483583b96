// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'

async function arriveAt(address: string) {
  window.history.replaceState(null, '', address)
  vi.resetModules()
  const listen = vi.spyOn(window, 'addEventListener')
  const arrival = await import('./arrival')
  leave = () => listen.mock.calls.forEach(([type, listener]) => window.removeEventListener(type, listener))
  return arrival
}

let leave = (): void => undefined

afterEach(() => {
  leave()
  window.history.replaceState(null, '', '/')
})

test('a link’s token is read and no longer in the address', async () => {
  const { useLinkToken } = await arriveAt('/invitation?a=1#token=abc_-1')
  expect(window.location.href).toBe('http://localhost:3000/invitation?a=1')
  expect(renderHook(() => useLinkToken()).result.current).toBe('abc_-1')
})

test('it is for its own page only', async () => {
  const { useLinkToken } = await arriveAt('/invitation#token=abc')
  window.history.replaceState(null, '', '/reset-password')
  expect(renderHook(() => useLinkToken()).result.current).toBeUndefined()
})

test('other fragments stay', async () => {
  await arriveAt('/rules#0193')
  expect(window.location.hash).toBe('#0193')
})

test('the provider’s answer leaves the address too', async () => {
  const { useProviderAnswer } = await arriveAt('/sso/callback/0193?code=c&state=s')
  expect(window.location.href).toBe('http://localhost:3000/sso/callback/0193')
  expect(renderHook(() => useProviderAnswer()).result.current?.get('code')).toBe('c')
})

test('a second link in the same window replaces the first', async () => {
  const { useLinkToken } = await arriveAt('/invitation#token=first')
  const { result } = renderHook(() => useLinkToken())
  act(() => {
    window.history.replaceState(null, '', '/invitation#token=second')
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  })
  expect(result.current).toBe('second')
  expect(window.location.hash).toBe('')
})
