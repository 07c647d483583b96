import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { session, useSession } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { LoginRequest } from '@/api/types'
import { Entrance, ENTRANCE_LINK } from '@/components/Entrance'
import { isEmail } from '@/components/passwords'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Checkbox, PasswordField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { setupQuery } from '@/queries/host'
import { SecondFactorForm } from './SecondFactorForm'
import { isRefused, SignInFailure } from './SignInFailure'
import { texts } from './texts'

function OtherWays({ signUp }: { signUp: boolean }) {
  return (
    <>
      <Link to="/sso" className={ENTRANCE_LINK}>
        {texts.otherWays.signInWithSso}
      </Link>
      {signUp && (
        <p className="flex flex-wrap items-center justify-center gap-x-1">
          {texts.otherWays.newHere}
          <Link to="/sign-up" className={ENTRANCE_LINK}>
            {texts.otherWays.signUp}
          </Link>
        </p>
      )}
    </>
  )
}

const ENDED = texts.ended.sessionOverRanOut

/** What became of the session before, for those who did not simply sign out. */
function Farewell() {
  const state = useSession()
  const words = state.status === 'signed-out' ? (state.farewell ?? (state.ended && ENDED)) : undefined
  if (words === undefined) return null
  return (
    <p role="status" className="mb-4 rounded-md bg-info-soft px-3 py-2 text-13 wrap-anywhere text-info-text">
      {words}
    </p>
  )
}

/** Asks for a code, once the password was right. */
function SecondStep({ credentials, onBack }: { credentials: LoginRequest; onBack: () => void }) {
  const signIn = useMutation({ mutationFn: (code: string) => session.signIn({ ...credentials, code }) })
  const { error } = signIn
  return (
    <Entrance title={texts.signInPage.title} note={texts.signInPage.signingInAs({ email: credentials.email })}>
      <SecondFactorForm signIn={signIn} error={isRefused(error) ? texts.signInPage.codeWrongOrWas : undefined} onBack={onBack} />
      {!isRefused(error) && (
        <div className="mt-2">
          <RequestFailure error={error} title={texts.signInPage.failed} />
        </div>
      )}
    </Entrance>
  )
}

/** Where a session begins. The router goes on to the page that was asked for. */
export function SignInPage() {
  const [credentials, setCredentials] = useState<LoginRequest | null>(null)
  const { data: setup } = useQuery(setupQuery)
  const signIn = useMutation({
    mutationFn: session.signIn,
    onError: (error, request) => {
      if (hasSlug(error, 'second-factor-required')) setCredentials(request)
    },
  })
  const { draft, change, form, text } = useForm({
    initial: { email: '', password: '', rememberMe: false },
    validate: ({ email, password }) => ({
      ...(!isEmail(email) && { '/email': texts.signInPage.enterEmailAddress }),
      ...(password === '' && { '/password': texts.signInPage.enterPassword }),
    }),
    mutation: signIn,
    request: ({ email, ...rest }): LoginRequest => ({ email: email.trim(), ...rest }),
  })

  if (credentials) {
    const back = () => {
      signIn.reset()
      setCredentials(null)
    }
    return <SecondStep credentials={credentials} onBack={back} />
  }

  return (
    <Entrance title={texts.signInPage.signIn} elsewhere={<OtherWays signUp={setup?.signUp ?? false} />}>
      <Farewell />
      <form {...form} className="flex flex-col gap-2">
        <TextField label={texts.signInPage.email} type="email" autoComplete="username" required {...text('email')} />
        <PasswordField label={texts.signInPage.password} autoComplete="current-password" required {...text('password')} />
        <div className="flex flex-wrap items-center justify-between gap-x-2">
          <Checkbox label={texts.signInPage.rememberMeOnDevice} checked={draft.rememberMe} onChange={(rememberMe) => change({ rememberMe })} />
          <Link to="/forgot-password" className={`${ENTRANCE_LINK} text-13`}>
            {texts.signInPage.forgotPassword}
          </Link>
        </div>
        <Button type="submit" variant="primary" busy={signIn.isPending} className="mt-2 h-9 w-full">
          {texts.signInPage.signIn}
        </Button>
        <SignInFailure error={signIn.error} />
      </form>
    </Entrance>
  )
}
