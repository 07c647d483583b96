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
import { phrase } from '@/lib/phrase'
import { setupQuery } from '@/queries/host'
import { useSignUp } from '@/queries/entrance'
import { texts } from './texts'

const toSignIn = (
  <p className="flex flex-wrap items-center justify-center gap-x-1">
    {texts.toSignIn.haveAccountAlready}
    <Link to="/sign-in" className={ENTRANCE_LINK}>
      {texts.toSignIn.signIn}
    </Link>
  </p>
)

const Closed = () => (
  <Entrance title={texts.closed.title} elsewhere={toSignIn}>
    <FormFailure title={texts.closed.failed}>{texts.closed.askSomebodyWhoUses}</FormFailure>
  </Entrance>
)

function CheckYourMail({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <Entrance title={texts.checkYourMail.title} elsewhere={toSignIn}>
      <EntranceMessage>
        <MailCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
        <p>
          {phrase(texts.checkYourMail.mailHoldsLinkFinishes, { email: <strong className="font-semibold break-words">{email}</strong> })}
        </p>
        <p className="text-13 text-text-2">{texts.checkYourMail.nothingThereAfterFew}</p>
        <Button onClick={onAgain}>{texts.checkYourMail.enterAddressAgain}</Button>
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
        ...(tenantName.trim() === '' && { '/tenantName': texts.signUpPage.nameOrganisation }),
        ...(name.trim() === '' && { '/name': texts.signUpPage.enterName }),
        ...(!isEmail(email) && { '/email': texts.signUpPage.enterEmailAddress }),
        ...(weak && { '/password': weak }),
      }
    },
    mutation: signUp,
    request: ({ tenantName, name, email, password }): SignUp => ({ tenantName: tenantName.trim(), name: name.trim(), email: email.trim(), password }),
  })

  if (setup?.signUp === false || hasSlug(signUp.error, 'sign-up-closed')) return <Closed />
  if (signUp.isSuccess) return <CheckYourMail email={draft.email.trim()} onAgain={signUp.reset} />
  return (
    <Entrance title={texts.signUpPage.title} note={texts.signUpPage.note} elsewhere={toSignIn}>
      <form {...form} className="flex flex-col gap-2">
        <TextField label={texts.signUpPage.organisation} autoComplete="organization" maxLength={limits.SignUpRequest.tenantName.maxLength} required {...text('tenantName')} />
        <TextField label={texts.signUpPage.name} autoComplete="name" maxLength={limits.SignUpRequest.name.maxLength} required {...text('name')} />
        <TextField label={texts.signUpPage.email} type="email" autoComplete="username" required {...text('email')} />
        <PasswordField label={texts.signUpPage.password} autoComplete="new-password" hint={passwordHint()} required {...text('password')} />
        <Button type="submit" variant="primary" busy={signUp.isPending} className="mt-2 h-9 w-full">
          {texts.signUpPage.title}
        </Button>
        <RequestFailure error={signUp.error} title={texts.signUpPage.failed} fields={FIELDS} />
      </form>
    </Entrance>
  )
}
