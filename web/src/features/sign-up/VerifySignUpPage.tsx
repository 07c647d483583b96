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
import { useVerifySignUp } from '@/queries/entrance'

const signUpAgain = (
  <Link to="/sign-up" className={buttonClass('primary')}>
    Sign up again
  </Link>
)

function VerifyFailure({ error }: { error: Error | null }) {
  if (error instanceof ApiProblem && error.status === 401) {
    return <FormFailure title="Not verified">The password is not the one of this sign-up. If somebody else signed up with your address, sign up yourself.</FormFailure>
  }
  return <RequestFailure error={error} title="Could not verify the address" fields={['/password']} />
}

/** Asks for the password: the link proves the mailbox only, and somebody else may have signed up with the address. */
function Verify({ token, verify }: { token: string; verify: ReturnType<typeof useVerifySignUp> }) {
  const { form, text } = useForm({
    initial: { password: '' },
    validate: ({ password }) => ({ ...(password === '' && { '/password': 'Enter the password that you chose.' }) }),
    mutation: verify,
    request: ({ password }) => ({ token, password }),
  })
  return (
    <Entrance title="Finish signing up" note="This verifies your address and creates your organisation.">
      <form {...form} className="flex flex-col gap-2">
        <PasswordField label="Password" autoComplete="current-password" hint="The one that you chose when you signed up." required {...text('password')} />
        <Button type="submit" variant="primary" className={`mt-2 ${ENTRANCE_BUTTON}`} busy={verify.isPending}>
          Verify my address
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
      <Entrance title={`${tenantName} is ready`}>
        <EntranceMessage>
          <CircleCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>
            The address <strong className="font-semibold break-words">{email}</strong> is verified. Sign in with it and the password that you chose.
          </p>
          <Link to="/sign-in" className={buttonClass('primary')}>
            Sign in
          </Link>
        </EntranceMessage>
      </Entrance>
    )
  }
  if (!token || hasSlug(verify.error, 'link-expired')) {
    return (
      <Entrance title="Finish signing up">
        <LinkExpired>{signUpAgain}</LinkExpired>
      </Entrance>
    )
  }
  return <Verify token={token} verify={verify} />
}
