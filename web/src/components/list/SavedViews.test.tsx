import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { ListAddress } from './address'
import { SavedViews } from './SavedViews'

vi.hoisted(() => {
  // The preferences, among which the views are, ask for the theme.
  window.matchMedia = () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }) as never
})
vi.mock('@/api/client', () => ({ useSession: () => ({ status: 'signed-in', user: { id: 'nora', tenantId: 'acme' } }) }))

const ADDRESS = { search: 'srv', sort: undefined, filters: {}, set: vi.fn() } as unknown as ListAddress

test('a name that was typed for a view is not lost by Esc', async () => {
  render(<SavedViews list="peers" address={ADDRESS} />)
  await userEvent.click(screen.getByRole('button', { name: 'Saved views' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Save this view' }))
  await userEvent.type(await screen.findByLabelText('Name'), 'Servers')
  await userEvent.keyboard('{Escape}')
  expect(screen.getByLabelText('Name')).toHaveValue('Servers')
})
