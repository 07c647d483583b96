import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Account } from '@/api/types'
import { EditAccountDialog } from './EditAccountDialog'

const mutate = vi.hoisted(() => vi.fn())

vi.mock('@/queries/accounts', () => ({ useUpdateAccount: () => ({ error: null, isPending: false, mutate, reset: vi.fn() }) }))
vi.mock('./ConnectionFailure', () => ({ ConnectionFailure: () => null }))

const HQ = { id: 'hq', name: 'HQ', baseUrl: 'https://nb.example', syncIntervalSeconds: 420 } as Account

test('a token that was pasted is not lost by Esc; a dialog as it was opened is closed by it', async () => {
  const onClose = vi.fn()
  render(<EditAccountDialog account={HQ} onClose={onClose} />)
  await userEvent.type(screen.getByLabelText('New token'), 'nbp_1')
  await userEvent.keyboard('{Escape}')
  expect(onClose).not.toHaveBeenCalled()
  await userEvent.clear(screen.getByLabelText('New token'))
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})

test('another interval is all that is sent of it, and one that is not usual can be kept', async () => {
  render(<EditAccountDialog account={HQ} onClose={vi.fn()} />)
  const interval = screen.getByLabelText('Read it')
  expect(interval).toHaveDisplayValue('every 7 minutes')
  await userEvent.selectOptions(interval, 'every 15 minutes')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(mutate.mock.calls[0]?.[0]).toEqual({ id: 'hq', change: { syncIntervalSeconds: 900 } })
})
