import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { session, useSession } from '@/api/client'
import { hasSlug } from '@/api/problem'
import { Entrance, EntranceMessage } from '@/components/Entrance'
import { LinkExpired } from '@/components/LinkExpired'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, buttonClass } from '@/components/ui/Button'
import { useLinkToken } from '@/lib/arrival'
import { phrase } from '@/lib/phrase'
import { useConfirmEmail } from '@/queries/entrance'
import { texts } from './texts'

/** Where the link to a new address leads. It waits for a press, as programs that check mails open links too. */
export function ConfirmEmailPage() {
  const token = useLinkToken()
  const signedIn = useSession().status === 'signed-in'
  const confirm = useConfirmEmail()
  if (confirm.data) {
    return (
      <Entrance title={texts.confirmEmailPage.title}>
        <EntranceMessage>
          <CircleCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>
            {phrase(texts.confirmEmailPage.signInWithFrom, { email: <strong className="font-semibold break-words">{confirm.data.email}</strong> })}
          </p>
          <Link to={signedIn ? '/settings/profile' : '/sign-in'} className={buttonClass('primary')}>
            {signedIn ? texts.confirmEmailPage.goProfile : texts.confirmEmailPage.signIn}
          </Link>
        </EntranceMessage>
      </Entrance>
    )
  }
  if (!token || hasSlug(confirm.error, 'link-expired')) {
    return (
      <Entrance title={texts.confirmEmailPage.confirmNewEmail}>
        <LinkExpired>
          <Link to="/settings/profile" className={buttonClass('primary')}>
            {texts.confirmEmailPage.goProfile}
          </Link>
        </LinkExpired>
      </Entrance>
    )
  }
  return (
    <Entrance title={texts.confirmEmailPage.confirmNewEmail} note={texts.confirmEmailPage.note}>
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
          {texts.confirmEmailPage.confirmAddress}
        </Button>
        <RequestFailure error={confirm.error} title={texts.confirmEmailPage.failed} />
      </div>
    </Entrance>
  )
}
