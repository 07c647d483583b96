import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { hasSlug } from '@/api/problem'
import { Entrance, EntranceMessage } from '@/components/Entrance'
import { LinkExpired } from '@/components/LinkExpired'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, buttonClass } from '@/components/ui/Button'
import { useLinkToken } from '@/lib/arrival'
import { useVerifySignUp } from '@/queries/entrance'

const signUpAgain = (
  <Link to="/sign-up" className={buttonClass('primary')}>
    Sign up again
  </Link>
)

/** The end of signing up. It waits for a press, as programs that check mails open links too. */
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
  return (
    <Entrance title="Finish signing up" note="This verifies your address and makes your organisation.">
      <div className="flex flex-col gap-3">
        <Button variant="primary" className="h-9 w-full" busy={verify.isPending} onClick={() => verify.mutate(token)}>
          Verify my address
        </Button>
        <RequestFailure error={verify.error} title="Could not verify the address" />
      </div>
    </Entrance>
  )
}
