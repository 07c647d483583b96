import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { limits } from '@/api/__generated__/limits'
import { hasSlug } from '@/api/problem'
import type { SignUp } from '@/api/types'
import { Entrance, ENTRANCE_LINK, EntranceMessage } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import { isEmail, passwordHint, passwordProblem } from '@/components/passwords'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { PasswordField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { setupQuery } from '@/queries/host'
import { useSignUp } from '@/queries/entrance'

const toSignIn = (
  <p className="flex flex-wrap items-center justify-center gap-x-1">
    Have an account already?
    <Link to="/sign-in" className={ENTRANCE_LINK}>
      Sign in
    </Link>
  </p>
)

const Closed = () => (
  <Entrance title="Sign up" elsewhere={toSignIn}>
    <FormFailure title="Signing up is closed here">Ask somebody who uses this installation to invite you.</FormFailure>
  </Entrance>
)

function CheckYourMail({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <Entrance title="Check your mail" elsewhere={toSignIn}>
      <EntranceMessage>
        <MailCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
        <p>
          A mail to <strong className="font-semibold break-words">{email}</strong> holds a link that finishes signing up. It works for 24 hours.
        </p>
        <p className="text-13 text-text-2">Nothing there after a few minutes? Look into the spam folder, or</p>
        <Button onClick={onAgain}>Enter the address again</Button>
      </EntranceMessage>
    </Entrance>
  )
}

const FIELDS = ['/tenantName', '/name', '/email', '/password']

/** Makes a new tenant for somebody who is not here yet. */
export function SignUpPage() {
  const { data: setup } = useQuery(setupQuery)
  const signUp = useSignUp()
  const { draft, form, text } = useForm({
    initial: { tenantName: '', name: '', email: '', password: '' },
    validate: ({ tenantName, name, email, password }) => {
      const weak = passwordProblem(password)
      return {
        ...(tenantName.trim() === '' && { '/tenantName': 'Name your organisation.' }),
        ...(name.trim() === '' && { '/name': 'Enter your name.' }),
        ...(!isEmail(email) && { '/email': 'Enter your email address.' }),
        ...(weak && { '/password': weak }),
      }
    },
    mutation: signUp,
    request: ({ tenantName, name, email, password }): SignUp => ({ tenantName: tenantName.trim(), name: name.trim(), email: email.trim(), password }),
  })

  if (setup?.signUp === false || hasSlug(signUp.error, 'sign-up-closed')) return <Closed />
  if (signUp.isSuccess) return <CheckYourMail email={draft.email.trim()} onAgain={signUp.reset} />
  return (
    <Entrance title="Sign up" note="For an organisation of your own; you become its owner." elsewhere={toSignIn}>
      <form {...form} className="flex flex-col gap-2">
        <TextField label="Organisation" autoComplete="organization" maxLength={limits.SignUpRequest.tenantName.maxLength} required {...text('tenantName')} />
        <TextField label="Your name" autoComplete="name" maxLength={limits.SignUpRequest.name.maxLength} required {...text('name')} />
        <TextField label="Email" type="email" autoComplete="username" required {...text('email')} />
        <PasswordField label="Password" autoComplete="new-password" hint={passwordHint()} required {...text('password')} />
        <Button type="submit" variant="primary" busy={signUp.isPending} className="mt-2 h-9 w-full">
          Sign up
        </Button>
        <RequestFailure error={signUp.error} title="Could not sign up" fields={FIELDS} />
      </form>
    </Entrance>
  )
}
