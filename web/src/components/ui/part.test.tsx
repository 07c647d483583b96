import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Announcements } from '../announcements'
import { part } from './part'

function History({ of }: { of: string }) {
  return <p>History of {of}</p>
}

/** Code that comes when the network is there. */
const network = { isThere: true }
const load = () => (network.isThere ? Promise.resolve({ default: History }) : Promise.reject(new TypeError('Failed to fetch dynamically imported module')))

const settle = () => act(() => vi.advanceTimersByTimeAsync(0))

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  network.isThere = true
})

afterEach(() => {
  vi.useRealTimers()
})

test('a part waits for its code, and is there at once from then on', async () => {
  const Part = part(load, { waiting: <p>Wait</p> })
  const { unmount } = render(<Part of="hq" />)
  screen.getByText('Wait')
  await settle()
  screen.getByText('History of hq')
  unmount()
  render(<Part of="branch" />)
  screen.getByText('History of branch')
})

test('a part whose code does not come says so in its place, and can be asked for again', async () => {
  network.isThere = false
  const Part = part(load, { what: 'the history' })
  render(
    <>
      <p>The rest</p>
      <Part of="hq" />
    </>,
  )
  await settle()
  screen.getByText('Could not load the history')
  screen.getByText('The rest')
  network.isThere = true
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await settle()
  screen.getByText('History of hq')
})

test('it comes by itself when the connection is back', async () => {
  network.isThere = false
  const Part = part(load, { what: 'the history' })
  render(<Part of="hq" />)
  await settle()
  network.isThere = true
  act(() => void window.dispatchEvent(new Event('online')))
  await settle()
  screen.getByText('History of hq')
})

test('what was to open is closed, and it is told why', async () => {
  network.isThere = false
  const onClose = vi.fn()
  const Part = part<{ of: string; onClose: () => void }>(load, { close: (props) => props.onClose() })
  render(
    <>
      <Announcements />
      <Part of="hq" onClose={onClose} />
    </>,
  )
  await settle()
  expect(onClose).toHaveBeenCalledTimes(1)
  screen.getByText('This could not be loaded. Check your connection, then try again.')
})

test('what nobody can open anew comes by itself', async () => {
  network.isThere = false
  const Part = part(load, {})
  render(<Part of="hq" />)
  await settle()
  network.isThere = true
  await act(() => vi.advanceTimersByTimeAsync(10_000))
  screen.getByText('History of hq')
})
