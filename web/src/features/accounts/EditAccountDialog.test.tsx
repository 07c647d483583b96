import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Account } from '@/api/types'
import { EditAccountDialog } from './EditAccountDialog'

vi.mock('@/queries/accounts', () => ({ useUpdateAccount: () => ({ error: null, isPending: false, mutate: vi.fn(), reset: vi.fn() }) }))
vi.mock('./ConnectionFailure', () => ({ ConnectionFailure: () => null }))

test('a token that was pasted is not lost by Esc; a dialog as it was opened is closed by it', async () => {
  const onClose = vi.fn()
  render(<EditAccountDialog account={{ id: 'hq', name: 'HQ', baseUrl: 'https://nb.example' } as Account} onClose={onClose} />)
  await userEvent.type(screen.getByLabelText('New token'), 'nbp_1')
  await userEvent.keyboard('{Escape}')
  expect(onClose).not.toHaveBeenCalled()
  await userEvent.clear(screen.getByLabelText('New token'))
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})
