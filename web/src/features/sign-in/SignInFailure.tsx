import { ApiProblem, hasSlug } from '@/api/problem'
import { FormFailure } from '@/components/FormFailure'
import { RequestFailure } from '@/components/RequestFailure'

export const isRefused = (error: Error | null): boolean => error instanceof ApiProblem && error.status === 401

/** Why somebody was not let in; that a code is asked for is no failure. */
export function SignInFailure({ error, hasCode = false }: { error: Error | null; hasCode?: boolean }) {
  if (hasSlug(error, 'second-factor-required')) return null
  if (isRefused(error)) {
    return hasCode ? (
      <FormFailure title="Password or code is wrong">A code works once. Enter a new one.</FormFailure>
    ) : (
      <FormFailure title="Email or password is wrong">Check both and try again.</FormFailure>
    )
  }
  return <RequestFailure error={error} title="Could not sign in" fields={['/email', '/password']} />
}
