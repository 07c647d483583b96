import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { connection } from '@/api/connection'
import { reload } from '@/lib/reload'
import { lazyPage } from './lazyPage'

vi.mock('@/lib/reload', () => ({ reload: vi.fn() }))
vi.mock('@/api/client', () => ({ useSession: () => ({}) }))

/** What is there of the server: whether it answers, and still has the code of this release. */
const server = { answers: true, hasCode: true }

const EventsPage = () => <p>The events</p>
const load = () => (server.answers && server.hasCode ? Promise.resolve({ EventsPage }) : Promise.reject(new TypeError('Failed to fetch dynamically imported module')))

/** As the router does: asks for the code, then shows the page. */
async function open() {
  const Page = lazyPage({ load, name: 'EventsPage' })
  await Page.preload?.()
  await act(async () => {
    render(
      <Suspense>
        <Page />
      </Suspense>,
    )
    await Promise.resolve()
  })
  return Page
}

beforeEach(() => {
  Object.assign(server, { answers: true, hasCode: true })
  sessionStorage.clear()
  connection.setState({ lostAt: null })
  vi.mocked(reload).mockClear()
  vi.stubGlobal('fetch', () => (server.answers ? Promise.resolve(new Response('{}')) : Promise.reject(new TypeError('Failed to fetch'))))
})

test('a page whose code comes is shown', async () => {
  await open()
  expect(screen.getByText('The events')).toBeVisible()
})

test('without a connection the app stays, and the page comes when the server is back', async () => {
  server.answers = false
  await open()
  expect(screen.getByText('Could not load this page')).toBeVisible()
  expect(connection.getState().lostAt).not.toBeNull()
  server.answers = true
  act(() => connection.setState({ lostAt: null }))
  expect(await screen.findByText('The events')).toBeVisible()
  expect(reload).not.toHaveBeenCalled()
})

test('it can be asked for again', async () => {
  server.answers = false
  await open()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByText('Could not load this page')).toBeVisible()
  server.answers = true
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('The events')).toBeVisible()
  expect(reload).not.toHaveBeenCalled()
})

test('a server of a newer release has the app loaded anew, once', async () => {
  server.hasCode = false
  await open()
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1))
  await open()
  await vi.waitFor(() => expect(screen.getAllByRole('button', { name: 'Try again' }).at(-1)).not.toHaveAttribute('aria-busy'))
  expect(reload).toHaveBeenCalledTimes(1)
})
