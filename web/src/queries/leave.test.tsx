import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { api, session } from '@/api/client'
import type { UserProfile } from '@/api/types'
import { useLeaveTenant } from './tenant'

const spies = vi.hoisted(() => ({ switchTenant: vi.fn(), end: vi.fn() }))

vi.mock('@/api/client', async () => {
  const { expectData } = await vi.importActual<typeof import('@/api/client')>('@/api/client')
  return { expectData, api: { POST: vi.fn() }, session: { store: { getState: vi.fn() }, ...spies } }
})

const [HERE, THERE] = [
  { id: 'one', name: 'Acme', role: 'viewer' },
  { id: 'two', name: 'Blue Harbour', role: 'viewer' },
] as const

async function leave(part: Partial<UserProfile>, accountDeleted = false) {
  const user = { tenantId: 'one', tenantName: 'Acme', signInMethod: 'password', tenants: [HERE, THERE], ...part } as UserProfile
  vi.mocked(session.store.getState).mockReturnValue({ status: 'signed-in', user })
  vi.mocked(api.POST).mockResolvedValue({ data: { accountDeleted }, response: new Response(null) })
  const onLeft = vi.fn()
  const client = new QueryClient()
  const { result } = renderHook(() => useLeaveTenant(onLeft), { wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> })
  result.current.mutate({ password: 'right' })
  await waitFor(() => expect(onLeft).toHaveBeenCalled())
  return onLeft.mock.lastCall?.[0] as string | undefined
}

beforeEach(() => {
  spies.switchTenant.mockReset().mockResolvedValue(undefined)
  spies.end.mockReset()
})

test('who leaves goes on in another of their tenants', async () => {
  expect(await leave({})).toBe('Blue Harbour')
  expect(spies.switchTenant).toHaveBeenCalledWith('two')
  expect(spies.end).not.toHaveBeenCalled()
})

test('or signs in again where the session does not go on there', async () => {
  spies.switchTenant.mockRejectedValue(new Error('the session has ended'))
  expect(await leave({})).toBeUndefined()
  expect(spies.end).toHaveBeenCalledWith('You left Acme. Sign in to go on in another of your tenants.')
})

test('who has no other tenant is signed out, and told of the account', async () => {
  expect(await leave({ tenants: [HERE] }, true)).toBeUndefined()
  expect(spies.switchTenant).not.toHaveBeenCalled()
  expect(spies.end).toHaveBeenCalledWith('You left Acme, and your account is deleted.')
})

test('a session that single sign-on began goes on nowhere', async () => {
  await leave({ signInMethod: 'sso', tenants: [HERE] })
  expect(spies.switchTenant).not.toHaveBeenCalled()
  expect(spies.end).toHaveBeenCalledWith('You left Acme.')
})
