import { ApiProblem, hasSlug } from '@/api/problem'
import { FormFailure } from '@/components/FormFailure'
import { RequestFailure } from '@/components/RequestFailure'
import { texts } from './texts'

export const isRefused = (error: Error | null): boolean => error instanceof ApiProblem && error.status === 401

/** Why somebody was not let in; that a code is asked for is no failure. */
export function SignInFailure({ error, hasCode = false }: { error: Error | null; hasCode?: boolean }) {
  if (hasSlug(error, 'second-factor-required')) return null
  if (isRefused(error)) {
    return hasCode ? (
      <FormFailure title={texts.signInFailure.failed}>{texts.signInFailure.codeWorksOnceEnter}</FormFailure>
    ) : (
      <FormFailure title={texts.signInFailure.emailOrPasswordWrong}>{texts.signInFailure.checkBothTryAgain}</FormFailure>
    )
  }
  return <RequestFailure error={error} title={texts.signInFailure.couldNotSignIn} fields={['/email', '/password']} />
}
