import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import * as client from '@/api/client'
import type { PlatformUser, UserProfile } from '@/api/types'
import { Actions } from './memberList'

vi.mock('@/api/client', () => ({ api: {}, session: {}, expectData: vi.fn(), expectPage: vi.fn(), useCan: vi.fn(), useUser: vi.fn() }))

const member = (part: Partial<PlatformUser>): PlatformUser => ({
  id: 'm',
  email: 'jonas@acme.example',
  name: 'Jonas',
  role: 'viewer',
  status: 'active',
  isSelf: false,
  method: 'password',
  createdAt: '2026-01-01T00:00:00Z',
  ...part,
})

function signInWith(permissions: string[], part: Partial<UserProfile> = {}) {
  vi.mocked(client.useCan).mockImplementation((permission) => permissions.includes(permission))
  vi.mocked(client.useUser).mockReturnValue({ hasPassword: true, signInMethod: 'password', ...part } as UserProfile)
}

const OWNER = ['users:read', 'users:write', 'tenant:transfer']
const ADMIN = ['users:read', 'users:write']

/** What the menu of a member offers, or null where there is none. */
async function offered(part: Partial<PlatformUser>): Promise<string[] | null> {
  const onAct = vi.fn()
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Actions member={member(part)} onAct={onAct} />
    </QueryClientProvider>,
  )
  const trigger = screen.queryByRole('button', { name: 'Actions for Jonas' })
  if (!trigger) return null
  await userEvent.click(trigger)
  return screen.getAllByRole('menuitem').map(({ textContent }) => textContent)
}

beforeEach(() => {
  signInWith(OWNER)
})

describe('what may be done with a member', () => {
  test.each<[Partial<PlatformUser>, string[]]>([
    [{}, ['Change role', 'Transfer ownership', 'Deactivate', 'Remove']],
    [{ role: 'owner' }, ['Change role', 'Deactivate', 'Remove']],
    // Whoever owns a tenant needs a password, to hand it on or delete it.
    [{ method: 'sso' }, ['Change role', 'Deactivate', 'Remove']],
    [{ status: 'inactive' }, ['Change role', 'Reactivate', 'Remove']],
    [{ isSelf: true, role: 'owner' }, ['Change role', 'Leave this tenant']],
    [{ status: 'invited' }, ['Send again', 'Change role', 'Revoke invitation']],
  ])('by an owner: %j', async (part, words) => {
    expect(await offered(part)).toEqual(words)
  })

  test('an admin hands nothing over', async () => {
    signInWith(ADMIN)
    expect(await offered({})).toEqual(['Change role', 'Deactivate', 'Remove'])
  })

  test('an admin does not touch owners', async () => {
    signInWith(ADMIN)
    expect(await offered({ role: 'owner' })).toBeNull()
  })

  test('a viewer does nothing', async () => {
    signInWith(['users:read'])
    expect(await offered({})).toBeNull()
  })

  test('but leaves', async () => {
    signInWith(['users:read'])
    expect(await offered({ isSelf: true })).toEqual(['Leave this tenant'])
  })

  test('who comes from an identity provider has no password to hand over with', async () => {
    signInWith(OWNER, { hasPassword: false, signInMethod: 'sso' })
    expect(await offered({})).not.toContain('Transfer ownership')
  })
})
