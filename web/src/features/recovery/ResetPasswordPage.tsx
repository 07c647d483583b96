import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { session } from '@/api/client'
import { hasSlug } from '@/api/problem'
import { Entrance, EntranceMessage } from '@/components/Entrance'
import { LinkExpired } from '@/components/LinkExpired'
import { passwordHint } from '@/components/passwords'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, buttonClass } from '@/components/ui/Button'
import { PasswordField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useLinkToken } from '@/lib/arrival'
import { useResetPassword } from '@/queries/entrance'
import { texts } from './texts'

function NewPassword({ token }: { token: string }) {
  const reset = useResetPassword()
  const { form, text } = useForm({
    initial: { password: '' },
    // Whether a second factor allows a shorter one, only the server knows here.
    validate: ({ password }) => (password.length < 8 ? { '/password': texts.reset.password.short } : {}),
    mutation: reset,
    request: ({ password }) => ({ token, password }),
    // Every session ended with it, this browser's too.
    onSuccess: () => void session.restore(),
  })
  if (reset.isSuccess) {
    return (
      <Entrance title={texts.done.title}>
        <EntranceMessage>
          <CircleCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>{texts.done.signedOut}</p>
          <Link to="/sign-in" className={buttonClass('primary')}>
            {texts.done.signIn}
          </Link>
        </EntranceMessage>
      </Entrance>
    )
  }
  if (hasSlug(reset.error, 'link-expired')) return <Expired />
  return (
    <Entrance title={texts.reset.title} note={texts.reset.note}>
      <form {...form} className="flex flex-col gap-2">
        <PasswordField label={texts.reset.password.label} autoComplete="new-password" hint={passwordHint()} required {...text('password')} />
        <Button type="submit" variant="primary" busy={reset.isPending} className="mt-2 h-9 w-full">
          {texts.reset.set}
        </Button>
        <RequestFailure error={reset.error} title={texts.reset.failed} fields={['/password']} />
      </form>
    </Entrance>
  )
}

const Expired = () => (
  <Entrance title={texts.reset.title}>
    <LinkExpired>
      <Link to="/forgot-password" className={buttonClass('primary')}>
        {texts.reset.newLink}
      </Link>
    </LinkExpired>
  </Entrance>
)

export function ResetPasswordPage() {
  const token = useLinkToken()
  return token ? <NewPassword key={token} token={token} /> : <Expired />
}
