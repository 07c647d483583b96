import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { Announcements } from '../announcements'
import { Menu, MenuItem } from './Menu'
import { OnDemand, type OnDemandProps } from './OnDemand'
import { Popover } from './Popover'

afterEach(() => vi.restoreAllMocks())

const Items = ({ trigger }: OnDemandProps) => (
  <Menu trigger={trigger}>
    <MenuItem onSelect={vi.fn()}>First</MenuItem>
    <MenuItem onSelect={vi.fn()}>Second</MenuItem>
  </Menu>
)
const loadItems = () => Promise.resolve({ default: Items })
const trigger = <button type="button">Open</button>

test.each(['{Enter}', ' ', '{ArrowDown}'])('%s opens the menu that is not there yet, at its first item, and the button has the focus again', async (key) => {
  render(<OnDemand kind="menu" load={loadItems} rest={{}} trigger={trigger} />)
  const button = screen.getByRole('button', { name: 'Open' })
  expect(button).toHaveAttribute('aria-haspopup', 'menu')
  button.focus()
  await userEvent.keyboard(key)
  await waitFor(() => expect(screen.getByRole('menuitem', { name: 'First' })).toHaveFocus())
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('menuitem')).toBeNull()
  expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus()
})

test('a press opens it once, and a popover too', async () => {
  const Panel = ({ trigger: button }: OnDemandProps) => (
    <Popover label="Panel" trigger={button}>
      what is in it
    </Popover>
  )
  render(
    <>
      <OnDemand kind="menu" load={loadItems} rest={{}} trigger={trigger} />
      <OnDemand kind="popover" load={() => Promise.resolve({ default: Panel })} rest={{}} trigger={<button type="button">Show</button>} />
    </>,
  )
  await userEvent.dblClick(screen.getByRole('button', { name: 'Show' }))
  expect(await screen.findByRole('dialog', { name: 'Panel' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  expect(await screen.findByRole('menuitem', { name: 'First' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  expect(await screen.findByRole('menuitem', { name: 'First' })).toBeVisible()
})

test('what cannot be loaded is said, and can be tried again', async () => {
  const load = vi.fn(loadItems).mockRejectedValue(new Error('No connection.'))
  render(
    <>
      <OnDemand kind="menu" load={load} rest={{}} trigger={trigger} />
      <Announcements />
    </>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  expect(await screen.findByText(/could not be loaded/)).toBeVisible()
  load.mockImplementation(loadItems)
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  expect(await screen.findByRole('menuitem', { name: 'First' })).toBeVisible()
})
