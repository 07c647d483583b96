import { render } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { DataAge } from './DataAge'

const accounts = vi.hoisted(() => ({ data: undefined as object[] | undefined, isError: false }))

vi.mock('@tanstack/react-router', () => ({ useSearch: () => ({}) }))
vi.mock('@/api/client', () => ({ useCan: () => true }))
vi.mock('@/queries/accounts', () => ({ useAccounts: () => accounts }))

const shown = () => render(<DataAge lead=" · " />).container.textContent

test('how old it is that nobody can say is said to be unknown, and nothing while that is being asked', () => {
  expect(shown()).toBe('')
  accounts.isError = true
  expect(shown()).toBe(' · age unknown')
  accounts.data = [{ id: 'hq', status: 'healthy', lastSync: new Date().toISOString() }]
  expect(shown()).toMatch(/^ · as of /)
})
