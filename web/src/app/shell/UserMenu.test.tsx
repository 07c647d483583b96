import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { session } from '@/api/client'
import { UserMenu } from './UserMenu'

const USER = vi.hoisted(() => {
  window.matchMedia = () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }) as never
  return { id: 'u', name: 'Nora Adler', email: 'nora@acme.example', tenantId: 't', permissions: [] }
})

vi.mock('@tanstack/react-router', () => ({ useNavigate: () => vi.fn() }))
vi.mock('@/api/client', async () => {
  const { createStore, useStore } = await import('zustand')
  const store = createStore<object>(() => ({ status: 'signed-in', user: USER }))
  const useSession = () => useStore(store) as { user: typeof USER }
  return { session: { store }, useUser: () => useSession().user, useSession }
})

test('the menu stays open while the profile is read again', async () => {
  // As in the frame, whose menus are there before the landmark that they belong to.
  render(
    <>
      <UserMenu />
      <main id="main" />
    </>,
  )
  await userEvent.click(screen.getByRole('button', { name: /signed in as Nora Adler/ }))
  const item = await screen.findByRole('menuitem', { name: 'Profile' })
  act(() => session.store.setState({ status: 'signed-in', user: { ...USER, name: 'Nora Bell' } } as never, true))
  expect(screen.getByText('Nora Bell')).toBeVisible()
  expect(screen.getByRole('menuitem', { name: 'Profile' })).toBe(item)
})
