import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { Entrance, ENTRANCE_LINK, EntranceMessage } from '@/components/Entrance'
import { isEmail } from '@/components/passwords'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useForgotPassword } from '@/queries/entrance'

const toSignIn = (
  <Link to="/sign-in" className={ENTRANCE_LINK}>
    Back to sign-in
  </Link>
)

/** Has a link sent with which a new password is set. */
export function ForgotPasswordPage() {
  const forgot = useForgotPassword()
  const { draft, form, text } = useForm({
    initial: { email: '' },
    validate: ({ email }) => (isEmail(email) ? {} : { '/email': 'Enter your email address.' }),
    mutation: forgot,
    request: ({ email }) => email.trim(),
  })
  if (forgot.isSuccess) {
    return (
      <Entrance title="Check your mail" elsewhere={toSignIn}>
        <EntranceMessage>
          <MailCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>
            If <strong className="font-semibold break-words">{draft.email.trim()}</strong> belongs to an account with a password, a mail with a link is on its way. The link works for one hour.
          </p>
          <Button onClick={forgot.reset}>Try another address</Button>
        </EntranceMessage>
      </Entrance>
    )
  }
  return (
    <Entrance title="Forgot your password?" note="We will send you a link to set a new one." elsewhere={toSignIn}>
      <form {...form} className="flex flex-col gap-2">
        <TextField label="Email" type="email" autoComplete="username" required {...text('email')} />
        <Button type="submit" variant="primary" busy={forgot.isPending} className="mt-2 h-9 w-full">
          Send the link
        </Button>
        <RequestFailure error={forgot.error} title="Could not send the link" fields={['/email']} />
      </form>
    </Entrance>
  )
}
