import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { Entrance, ENTRANCE_LINK, EntranceMessage } from '@/components/Entrance'
import { isEmail } from '@/components/passwords'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { phrase } from '@/lib/phrase'
import { useForgotPassword } from '@/queries/entrance'
import { texts } from './texts'

const toSignIn = (
  <Link to="/sign-in" className={ENTRANCE_LINK}>
    {texts.forgot.back}
  </Link>
)

/** Has a link sent with which a new password is set. */
export function ForgotPasswordPage() {
  const forgot = useForgotPassword()
  const { draft, form, text } = useForm({
    initial: { email: '' },
    validate: ({ email }) => (isEmail(email) ? {} : { '/email': texts.forgot.email.missing }),
    mutation: forgot,
    request: ({ email }) => email.trim(),
  })
  if (forgot.isSuccess) {
    return (
      <Entrance title={texts.sent.title} elsewhere={toSignIn}>
        <EntranceMessage>
          <MailCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>
            {phrase(texts.sent.onItsWay, { email: <strong className="font-semibold break-words">{draft.email.trim()}</strong> })}
          </p>
          <Button onClick={forgot.reset}>{texts.sent.again}</Button>
        </EntranceMessage>
      </Entrance>
    )
  }
  return (
    <Entrance title={texts.forgot.title} note={texts.forgot.note} elsewhere={toSignIn}>
      <form {...form} className="flex flex-col gap-2">
        <TextField label={texts.forgot.email.label} type="email" autoComplete="username" required {...text('email')} />
        <Button type="submit" variant="primary" busy={forgot.isPending} className="mt-2 h-9 w-full">
          {texts.forgot.send}
        </Button>
        <RequestFailure error={forgot.error} title={texts.forgot.failed} fields={['/email']} />
      </form>
    </Entrance>
  )
}
