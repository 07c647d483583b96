import { render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { AccountBanners } from './AccountBanners'

const accounts = vi.hoisted(() => ({ data: undefined as object[] | undefined, isError: false }))

vi.mock('@tanstack/react-router', () => ({ useSearch: () => ({}), Link: 'a' }))
vi.mock('@/api/client', () => ({ useCan: () => true }))
vi.mock('@/queries/accounts', () => ({ useAccounts: () => accounts }))

const shown = () => {
  const { unmount } = render(<AccountBanners />)
  const text = screen.queryByRole('status')?.textContent
  unmount()
  return text
}

test('accounts that cannot be listed are said to be unknown, instead of being without trouble; what was known of them before stays', () => {
  expect(shown()).toBeUndefined()
  accounts.isError = true
  expect(shown()).toMatch(/it is not known whether they can be read/)
  accounts.data = [{ id: 'hq', name: 'HQ', status: 'unreachable', lastSync: new Date().toISOString() }]
  expect(shown()).toMatch(/^HQ: /)
  accounts.data = [{ id: 'hq', name: 'HQ', status: 'healthy', lastSync: new Date().toISOString() }]
  expect(shown()).toBeUndefined()
})
