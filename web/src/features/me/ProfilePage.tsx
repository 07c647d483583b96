import { Mail } from 'lucide-react'
import { limits } from '@/api/__generated__/limits'
import { useUser } from '@/api/client'
import { useAccountLock } from '@/components/accountLock'
import { announce } from '@/components/announcements'
import { isEmail } from '@/components/passwords'
import { givenProof, missingProof, NO_PROOF } from '@/components/proof'
import { ProofFields } from '@/components/ProofFields'
import { RequestFailure } from '@/components/RequestFailure'
import { RoleMark } from '@/components/roles'
import { Facts, Section } from '@/components/Section'
import { Absolute, Ago } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { SelectField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { usePreferences } from '@/lib/preferences'
import type { ClockChoice } from '@/lib/time'
import { useChangeEmail, useRename } from '@/queries/me'

function NameForm() {
  const user = useUser()
  const rename = useRename()
  const { draft, form, text } = useForm({
    initial: { name: user.name },
    validate: ({ name }) => (name.trim() === '' ? { '/name': 'Enter your name.' } : {}),
    mutation: rename,
    request: ({ name }) => name.trim(),
    onSuccess: () => announce('Your name is saved.'),
  })
  return (
    <form {...form} className="flex max-w-sm flex-col gap-2">
      <TextField label="Name" autoComplete="name" maxLength={limits.UpdateProfileRequest.name.maxLength} hint="As others see it on alerts and in the audit trail." required {...text('name')} />
      <RequestFailure error={rename.error} title="Your name was not saved" fields={['/name']} />
      <div>
        <Button type="submit" variant="primary" busy={rename.isPending} disabled={draft.name.trim() === user.name}>
          Save name
        </Button>
      </div>
    </form>
  )
}

function EmailForm() {
  const user = useUser()
  const changeEmail = useChangeEmail()
  const { draft, change, form, text } = useForm({
    initial: { email: '', ...NO_PROOF },
    validate: ({ email, ...proof }) => ({
      ...(!isEmail(email) && { '/email': 'Enter the new address.' }),
      ...(isEmail(email) && email.trim().toLowerCase() === user.email && { '/email': 'This is your address already.' }),
      ...missingProof(proof, user.secondFactor.enabled),
    }),
    mutation: changeEmail,
    request: ({ email, ...proof }) => ({ email: email.trim(), ...givenProof(proof) }),
    onSuccess: () => change(NO_PROOF),
  })
  if (changeEmail.isSuccess) {
    return (
      <div role="status" className="flex max-w-xl flex-col items-start gap-3 text-13">
        <p className="flex items-start gap-2 rounded-md bg-info-soft px-3 py-2 text-info-text">
          <Mail aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            A mail to {draft.email.trim()} holds a link. Your address changes when you open it; it works for 24 hours.
          </span>
        </p>
        <Button onClick={changeEmail.reset}>Enter another address</Button>
      </div>
    )
  }
  return (
    <form {...form} className="flex max-w-sm flex-col gap-2">
      <TextField label="New email" type="email" autoComplete="email" required {...text('email')} />
      <ProofFields text={text} />
      <RequestFailure error={changeEmail.error} title="The change was not started" fields={['/email', '/password', '/code']} />
      <div>
        <Button type="submit" variant="primary" busy={changeEmail.isPending}>
          Send the link
        </Button>
      </div>
    </form>
  )
}

function ClockField() {
  const { clock, chooseClock } = usePreferences()
  return (
    <SelectField label="Times of day" className="max-w-xs" value={clock} onChange={(event) => chooseClock(event.target.value as ClockChoice)}>
      <option value="locale">As usual in the browser’s language</option>
      <option value="24">24 hours (21:05)</option>
      <option value="12">12 hours (9:05 PM)</option>
    </SelectField>
  )
}

/** Who the signed-in person is. */
export function ProfilePage() {
  const user = useUser()
  const lock = useAccountLock()
  return (
    <div className="flex flex-col gap-4">
      <Section title="You">
        <div className={lock ? undefined : 'mb-5'}>
          <Facts
            facts={[
              ...(lock ? [['Name', user.name] as const] : []),
              ['Email', user.email],
              ['Role here', <RoleMark key="role" role={user.role} />],
              ['Here since', <Absolute key="since" at={user.createdAt} />],
              ['Last sign-in', user.lastLogin ? <Ago key="last" at={user.lastLogin} /> : 'never'],
            ]}
          />
        </div>
        {!lock && <NameForm />}
      </Section>
      <Section title="Display" about="On this device.">
        <ClockField />
      </Section>
      {lock ? (
        <Section title="Name, email and password" about={lock.why} />
      ) : (
        <Section title="Change email" about="You sign in with it, and mails about your account go there. Your current address is notified of the change.">
          <EmailForm />
        </Section>
      )}
    </div>
  )
}
