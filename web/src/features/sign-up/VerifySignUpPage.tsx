import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { ApiProblem, hasSlug } from '@/api/problem'
import { Entrance, ENTRANCE_BUTTON, EntranceMessage } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import { LinkExpired } from '@/components/LinkExpired'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, buttonClass } from '@/components/ui/Button'
import { PasswordField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useLinkToken } from '@/lib/arrival'
import { phrase } from '@/lib/phrase'
import { useVerifySignUp } from '@/queries/entrance'
import { texts } from './texts'

const signUpAgain = (
  <Link to="/sign-up" className={buttonClass('primary')}>
    {texts.signUpAgain.signUpAgain}
  </Link>
)

function VerifyFailure({ error }: { error: Error | null }) {
  if (error instanceof ApiProblem && error.status === 401) {
    return <FormFailure title={texts.verifyFailure.failed}>{texts.verifyFailure.passwordNotOneSign}</FormFailure>
  }
  return <RequestFailure error={error} title={texts.verifyFailure.couldNotVerifyAddress} fields={['/password']} />
}

/** Asks for the password: the link proves the mailbox only, and somebody else may have signed up with the address. */
function Verify({ token, verify }: { token: string; verify: ReturnType<typeof useVerifySignUp> }) {
  const { form, text } = useForm({
    initial: { password: '' },
    validate: ({ password }) => ({ ...(password === '' && { '/password': texts.verify.enterPasswordChose }) }),
    mutation: verify,
    request: ({ password }) => ({ token, password }),
  })
  return (
    <Entrance title={texts.verify.title} note={texts.verify.note}>
      <form {...form} className="flex flex-col gap-2">
        <PasswordField label={texts.verify.password} autoComplete="current-password" hint={texts.verify.passwordHint} required {...text('password')} />
        <Button type="submit" variant="primary" className={`mt-2 ${ENTRANCE_BUTTON}`} busy={verify.isPending}>
          {texts.verify.verifyMyAddress}
        </Button>
        <VerifyFailure error={verify.error} />
      </form>
    </Entrance>
  )
}

/** The end of signing up. */
export function VerifySignUpPage() {
  const token = useLinkToken()
  const verify = useVerifySignUp()
  if (verify.data) {
    const { tenantName, email } = verify.data
    return (
      <Entrance title={texts.verifySignUpPage.ready({ tenantName })}>
        <EntranceMessage>
          <CircleCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>
            {phrase(texts.verifySignUpPage.addressVerifiedSignIn, { email: <strong className="font-semibold break-words">{email}</strong> })}
          </p>
          <Link to="/sign-in" className={buttonClass('primary')}>
            {texts.verifySignUpPage.signIn}
          </Link>
        </EntranceMessage>
      </Entrance>
    )
  }
  if (!token || hasSlug(verify.error, 'link-expired')) {
    return (
      <Entrance title={texts.verifySignUpPage.title}>
        <LinkExpired>{signUpAgain}</LinkExpired>
      </Entrance>
    )
  }
  return <Verify token={token} verify={verify} />
}
