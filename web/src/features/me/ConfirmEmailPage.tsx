import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { session, useSession } from '@/api/client'
import { hasSlug } from '@/api/problem'
import { Entrance, EntranceMessage } from '@/components/Entrance'
import { LinkExpired } from '@/components/LinkExpired'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, buttonClass } from '@/components/ui/Button'
import { useLinkToken } from '@/lib/arrival'
import { useConfirmEmail } from '@/queries/entrance'

/** Where the link to a new address leads. It waits for a press, as programs that check mails open links too. */
export function ConfirmEmailPage() {
  const token = useLinkToken()
  const signedIn = useSession().status === 'signed-in'
  const confirm = useConfirmEmail()
  if (confirm.data) {
    return (
      <Entrance title="Email changed">
        <EntranceMessage>
          <CircleCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>
            You sign in with <strong className="font-semibold break-words">{confirm.data.email}</strong> from now on. Your previous address was notified.
          </p>
          <Link to={signedIn ? '/settings/profile' : '/sign-in'} className={buttonClass('primary')}>
            {signedIn ? 'Go to your profile' : 'Sign in'}
          </Link>
        </EntranceMessage>
      </Entrance>
    )
  }
  if (!token || hasSlug(confirm.error, 'link-expired')) {
    return (
      <Entrance title="Confirm your new email">
        <LinkExpired>
          <Link to="/settings/profile" className={buttonClass('primary')}>
            Go to your profile
          </Link>
        </LinkExpired>
      </Entrance>
    )
  }
  return (
    <Entrance title="Confirm your new email" note="You sign in with it, and mails go there, from then on.">
      <div className="flex flex-col gap-3">
        <Button
          variant="primary"
          className="h-9 w-full"
          busy={confirm.isPending}
          onClick={() =>
            confirm.mutate(token, {
              onSuccess: () => {
                if (signedIn) void session.renew().catch(() => undefined)
              },
            })
          }
        >
          Confirm this address
        </Button>
        <RequestFailure error={confirm.error} title="Could not confirm the address" />
      </div>
    </Entrance>
  )
}
