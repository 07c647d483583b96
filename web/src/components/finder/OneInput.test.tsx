import { QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api } from '@/api/client'
import { createQueryClient } from '@/queries/client'
import type { Found } from '@/queries/found'
import { OneInput } from './OneInput'

const group = (name: string) => ({ id: name, accountId: 'hq', accountName: 'HQ', name, peersCount: 1 })
const chosen: string[] = []
/** What was asked for, and how it is answered. */
let asked: { search: string; answer: (...names: string[]) => Promise<void> }[] = []

beforeEach(() => {
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = () => undefined
  chosen.length = 0
  asked = []
  vi.spyOn(api, 'GET').mockImplementation(((_: string, { params }: { params: { query: { search?: string } } }) =>
    new Promise((resolve) => {
      const answer = async (...names: string[]) => {
        const response = new Response('{}', { status: 200 })
        await act(async () => {
          resolve({ response, data: names.map(group) })
          await Promise.resolve()
        })
      }
      asked.push({ search: params.query.search ?? '', answer })
    })) as never)
  render(
    <QueryClientProvider client={createQueryClient()}>
      <OneInput
        label="Group"
        wiring={{ id: 'group', 'aria-describedby': undefined, 'aria-invalid': undefined }}
        placeholder="A group"
        kinds={['group']}
        filters={{}}
        chosen={undefined}
        name={undefined}
        onChoose={({ name }: Found) => chosen.push(name)}
      />
    </QueryClientProvider>,
  )
})

afterEach(() => {
  vi.restoreAllMocks()
})

const shown = () => screen.queryAllByRole('option').map((option) => option.textContent)
const answered = async (search: string, ...names: string[]) => {
  await vi.waitFor(() => expect(asked.map((one) => one.search)).toContain(search))
  await asked.find((one) => one.search === search)?.answer(...names)
}

test('what was found stays, narrowed, until the next answer has come', async () => {
  const user = userEvent.setup()
  await user.click(screen.getByRole('combobox'))
  await answered('', 'All', 'servers', 'laptops')
  await vi.waitFor(() => expect(shown()).toHaveLength(3))
  await user.keyboard('serv')
  expect(shown()).toEqual([expect.stringContaining('servers')])
  await user.keyboard('{Enter}')
  expect(chosen).toEqual(['servers'])
})

test('Enter before anything is found chooses the first that is', async () => {
  const user = userEvent.setup()
  await user.click(screen.getByRole('combobox'))
  await user.keyboard('db{Enter}')
  expect(chosen).toEqual([])
  await answered('db', 'db-primary', 'db-replica')
  await vi.waitFor(() => expect(chosen).toEqual(['db-primary']))
  expect(screen.getByRole('combobox').getAttribute('aria-expanded')).toBe('false')
})

test('whoever types on after Enter meant something else', async () => {
  const user = userEvent.setup()
  await user.click(screen.getByRole('combobox'))
  await user.keyboard('db{Enter}-r')
  await answered('db-r', 'db-replica')
  await vi.waitFor(() => expect(shown()).toEqual([expect.stringContaining('db-replica')]))
  expect(chosen).toEqual([])
})

test('what is marked stays marked when an answer puts other rows before it, and is what Enter takes', async () => {
  const user = userEvent.setup()
  await user.click(screen.getByRole('combobox'))
  await answered('', 'All', 'servers', 'laptops')
  await vi.waitFor(() => expect(shown()).toHaveLength(3))
  await user.keyboard('serv')
  await answered('serv', 'all-servers', 'old-servers', 'servers')
  await vi.waitFor(() => expect(shown()).toHaveLength(3))
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('servers')
  await user.keyboard('{Enter}')
  expect(chosen).toEqual(['servers'])
})
