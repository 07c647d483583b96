import { QueryClient, QueryClientProvider, useMutation } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { RequestFailure } from './RequestFailure'
import { TextField } from './ui/Field'
import { useForm } from './useForm'

function Form({ send }: { send: (body: { name: string; code: string }) => Promise<void> }) {
  const mutation = useMutation({ mutationFn: send })
  const { form, text } = useForm({
    initial: { name: '', code: '' },
    validate: ({ name }) => (name === '' ? { '/name': 'Enter a name.' } : {}),
    mutation,
    request: (draft) => draft,
  })
  return (
    <form {...form}>
      <TextField label="Name" hint="As others see it." {...text('name')} />
      <TextField label="Code" {...text('code')} />
      <RequestFailure error={mutation.error} title="Not saved" fields={['/name', '/code']} />
      <button type="submit">Save</button>
    </form>
  )
}

function setUp() {
  const send = vi.fn<(body: { name: string; code: string }) => Promise<void>>()
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Form send={send} />
    </QueryClientProvider>,
  )
  return { send, user: userEvent.setup(), name: screen.getByRole('textbox', { name: 'Name' }), code: screen.getByRole('textbox', { name: 'Code' }) }
}

const refused = (pointer: string, detail: string) => new ApiProblem(422, { type: 'x/validation', detail: 'Not valid.', errors: [{ pointer, detail }] })

test('what the app sees is said at the field, which gets the focus, and nothing is sent', async () => {
  const { send, user, name } = setUp()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(name).toHaveAccessibleDescription('As others see it. Enter a name.')
  await vi.waitFor(() => expect(name).toHaveFocus())
  await user.type(name, 'N')
  expect(name).toBeValid()
  expect(send).not.toHaveBeenCalled()
})

test('what the API says is said at its field, until the field changes', async () => {
  const { send, user, name, code } = setUp()
  send.mockRejectedValue(refused('/code', 'The code is wrong.'))
  await user.type(name, 'Nora')
  await user.type(code, '1{Enter}')
  await vi.waitFor(() => expect(code).toHaveFocus())
  expect(code).toHaveAccessibleDescription('The code is wrong.')
  expect(screen.queryByRole('alert')).toBeNull()
  await user.type(code, '2')
  expect(code).toBeValid()
  await user.keyboard('{Enter}')
  await vi.waitFor(() => expect(code).toBeInvalid())
  expect(send.mock.lastCall?.[0]).toEqual({ name: 'Nora', code: '12' })
})

test('what has no field is said for the whole form', async () => {
  const { send, user, name } = setUp()
  send.mockRejectedValue(refused('/tenantId', 'There is no such tenant.'))
  await user.type(name, 'Nora{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('There is no such tenant.')
})

test('a limit says how long to wait', async () => {
  const { send, user, name } = setUp()
  send.mockRejectedValue(new ApiProblem(429, { type: 'x/rate-limited' }, new Headers({ 'retry-after': '300' })))
  await user.type(name, 'Nora{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Wait 5 min')
})

test('of a part with fields of its own, only the field that changes is taken for corrected', async () => {
  const send = vi.fn<(body: { chat: { address: string; channel: string } }) => Promise<void>>()
  send.mockRejectedValue(refused('/config/chat/address', 'It is no address.'))
  function Parts() {
    const mutation = useMutation({ mutationFn: send })
    const { form, draft, change, errors } = useForm({ initial: { chat: { address: '', channel: '' } }, mutation, request: (all) => all, pointers: { chat: '/config/chat' } })
    return (
      <form {...form}>
        <TextField label="Address" value={draft.chat.address} error={errors['/config/chat/address']} onChange={(event) => change({ chat: { ...draft.chat, address: event.target.value } })} />
        <TextField label="Channel" value={draft.chat.channel} onChange={(event) => change({ chat: { ...draft.chat, channel: event.target.value } })} />
        <button type="submit">Save</button>
      </form>
    )
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Parts />
    </QueryClientProvider>,
  )
  const user = userEvent.setup()
  const address = screen.getByRole('textbox', { name: 'Address' })
  await user.type(address, 'x')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  // The form moves the focus there once the error shows, which is not to happen in the middle of what is typed next.
  await vi.waitFor(() => expect(address).toHaveFocus())
  expect(address).toBeInvalid()
  await user.type(screen.getByRole('textbox', { name: 'Channel' }), '#ops')
  expect(address).toBeInvalid()
  await user.type(address, 'y')
  expect(address).toBeValid()
})
