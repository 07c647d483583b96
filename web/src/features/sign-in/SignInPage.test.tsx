import { QueryClientProvider, QueryClient } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { session, useSession } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { setupQuery } from '@/queries/host'
import { SignInPage } from './SignInPage'

vi.mock('@/api/client', () => ({ session: { signIn: vi.fn() }, useSession: vi.fn(), publicApi: {}, expectData: vi.fn() }))
vi.mock('@tanstack/react-router', () => ({ Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a> }))
const signIn = vi.mocked(session.signIn)

function setUp({ signUp = false } = {}) {
  const client = new QueryClient()
  client.setQueryData(setupQuery.queryKey, { required: false, codeRequired: false, signUp })
  render(
    <QueryClientProvider client={client}>
      <SignInPage />
    </QueryClientProvider>,
  )
  return {
    user: userEvent.setup(),
    email: screen.getByRole('textbox', { name: 'Email' }),
    password: screen.getByLabelText('Password'),
    submit: screen.getByRole('button', { name: 'Sign in' }),
  }
}

beforeEach(() => {
  signIn.mockReset()
  vi.mocked(useSession).mockReturnValue({ status: 'signed-out' })
})

describe('signing in', () => {
  test('asks for what is missing and sends nothing', async () => {
    const { user, email, submit } = setUp()
    await user.click(submit)
    expect(email).toHaveAccessibleDescription('Enter your email address.')
    expect(email).toBeInvalid()
    expect(signIn).not.toHaveBeenCalled()
  })

  test('sends what was entered', async () => {
    signIn.mockResolvedValue(undefined)
    const { user, email, password, submit } = setUp()
    await user.type(email, ' nora@acme.example ')
    await user.type(password, 'correct horse')
    await user.click(screen.getByRole('checkbox', { name: 'Remember me on this device' }))
    await user.click(submit)
    expect(signIn.mock.lastCall?.[0]).toEqual({ email: 'nora@acme.example', password: 'correct horse', rememberMe: true })
  })

  test('does not tell which of the two was wrong', async () => {
    signIn.mockRejectedValue(new ApiProblem(401, { type: 'x/unauthenticated' }))
    const { user, email, password, submit } = setUp()
    await user.type(email, 'nora@acme.example')
    await user.type(password, 'wrong{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Email or password is wrong')
    expect(submit).toBeEnabled()
  })

  test('says how long to wait after too many attempts', async () => {
    signIn.mockRejectedValue(new ApiProblem(429, { type: 'x/rate-limited' }, new Headers({ 'retry-after': '120' })))
    const { user, email, password } = setUp()
    await user.type(email, 'nora@acme.example')
    await user.type(password, 'wrong{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Wait 2 min')
  })

  test('asks for the second factor, and takes a recovery code in its place', async () => {
    signIn.mockRejectedValueOnce(new ApiProblem(401, { type: 'x/second-factor-required' }))
    const { user, email, password } = setUp()
    await user.type(email, 'nora@acme.example')
    await user.type(password, 'correct horse{Enter}')
    const code = await screen.findByRole('textbox', { name: 'Code' })
    expect(code).toHaveFocus()

    signIn.mockRejectedValueOnce(new ApiProblem(401, { type: 'x/unauthenticated' }))
    await user.type(code, '000000{Enter}')
    expect(await screen.findByText(/This code is wrong/)).toBeVisible()
    expect(code).toBeInvalid()
    expect(signIn.mock.lastCall?.[0]).toEqual({ email: 'nora@acme.example', password: 'correct horse', rememberMe: false, code: '000000' })

    signIn.mockResolvedValueOnce(undefined)
    await user.click(screen.getByRole('button', { name: 'Use a recovery code' }))
    await user.type(screen.getByRole('textbox', { name: 'Recovery code' }), 'ABCD-EFGH{Enter}')
    expect(signIn.mock.lastCall?.[0]).toMatchObject({ code: 'ABCD-EFGH' })
  })

  test('offers signing up where it is open', () => {
    setUp({ signUp: true })
    expect(screen.getByRole('link', { name: 'Sign up' })).toHaveAttribute('href', '/sign-up')
  })

  test('says what became of the session before', () => {
    vi.mocked(useSession).mockReturnValue({ status: 'signed-out', farewell: 'You left Acme.' })
    setUp()
    expect(screen.getByRole('status')).toHaveTextContent('You left Acme.')
  })

  test('says why somebody is here whose session ended while the page was away', () => {
    vi.mocked(useSession).mockReturnValue({ status: 'signed-out', ended: true })
    setUp()
    expect(screen.getByRole('status')).toHaveTextContent('Your session is over')
  })

  test('says nothing to who comes for the first time', () => {
    setUp()
    expect(screen.queryByRole('status')).toBeNull()
  })

  test('does not offer it where it is closed', () => {
    setUp()
    expect(screen.queryByRole('link', { name: 'Sign up' })).toBeNull()
  })
})
