import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Popover } from './Popover'

function Page() {
  return (
    <>
      <input aria-label="Elsewhere" />
      <Popover label="Filter peers" trigger={<button type="button">Filter</button>}>
        <input aria-label="Search status" />
      </Popover>
    </>
  )
}

const opened = async () => {
  const user = userEvent.setup()
  render(<Page />)
  await user.click(screen.getByRole('button', { name: 'Filter' }))
  await screen.findByRole('textbox', { name: 'Search status' })
  return user
}

test('what opened it has the focus again when it is closed', async () => {
  const user = await opened()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Filter' })))
})

test('whoever went on elsewhere as it closed stays there', async () => {
  await opened()
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Search status' }), { key: 'Escape' })
  const elsewhere = screen.getByRole('textbox', { name: 'Elsewhere' })
  elsewhere.focus()
  // The focus is given back by a task of its own, which is over when a later one is.
  await new Promise((resolve) => setTimeout(resolve))
  await new Promise((resolve) => setTimeout(resolve))
  expect(document.activeElement).toBe(elsewhere)
})
