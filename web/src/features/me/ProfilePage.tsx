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
import { texts } from './texts'

function NameForm() {
  const user = useUser()
  const rename = useRename()
  const { draft, form, text } = useForm({
    initial: { name: user.name },
    validate: ({ name }) => (name.trim() === '' ? { '/name': texts.nameForm.enterName } : {}),
    mutation: rename,
    request: ({ name }) => name.trim(),
    onSuccess: () => announce(texts.nameForm.nameSaved),
  })
  return (
    <form {...form} className="flex max-w-sm flex-col gap-2">
      <TextField label={texts.nameForm.name} autoComplete="name" maxLength={limits.UpdateProfileRequest.name.maxLength} hint={texts.nameForm.nameHint} required {...text('name')} />
      <RequestFailure error={rename.error} title={texts.nameForm.failed} fields={['/name']} />
      <div>
        <Button type="submit" variant="primary" busy={rename.isPending} disabled={draft.name.trim() === user.name}>
          {texts.nameForm.saveName}
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
      ...(!isEmail(email) && { '/email': texts.emailForm.enterNewAddress }),
      ...(isEmail(email) && email.trim().toLowerCase() === user.email && { '/email': texts.emailForm.addressAlready }),
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
            {texts.emailForm.mailHoldsLinkAddress({ email: draft.email.trim() })}
          </span>
        </p>
        <Button onClick={changeEmail.reset}>{texts.emailForm.enterAnotherAddress}</Button>
      </div>
    )
  }
  return (
    <form {...form} className="flex max-w-sm flex-col gap-2">
      <TextField label={texts.emailForm.newEmail} type="email" autoComplete="email" required {...text('email')} />
      <ProofFields text={text} />
      <RequestFailure error={changeEmail.error} title={texts.emailForm.failed} fields={['/email', '/password', '/code']} />
      <div>
        <Button type="submit" variant="primary" busy={changeEmail.isPending}>
          {texts.emailForm.sendLink}
        </Button>
      </div>
    </form>
  )
}

function ClockField() {
  const { clock, chooseClock } = usePreferences()
  return (
    <SelectField label={texts.clockField.timesDay} className="max-w-xs" value={clock} onChange={(event) => chooseClock(event.target.value as ClockChoice)}>
      <option value="locale">{texts.clockField.asUsualInBrowsers}</option>
      <option value="24">{texts.clockField.hours24}</option>
      <option value="12">{texts.clockField.hours12}</option>
    </SelectField>
  )
}

/** Who the signed-in person is. */
export function ProfilePage() {
  const user = useUser()
  const lock = useAccountLock()
  return (
    <div className="flex flex-col gap-4">
      <Section title={texts.profilePage.title}>
        <div className={lock ? undefined : 'mb-5'}>
          <Facts
            facts={[
              ...(lock ? [[texts.profilePage.name, user.name] as const] : []),
              [texts.profilePage.email, user.email],
              [texts.profilePage.roleHere, <RoleMark key="role" role={user.role} />],
              [texts.profilePage.hereSince, <Absolute key="since" at={user.createdAt} />],
              [texts.profilePage.lastSignIn, user.lastLogin ? <Ago key="last" at={user.lastLogin} /> : texts.profilePage.never],
            ]}
          />
        </div>
        {!lock && <NameForm />}
      </Section>
      <Section title={texts.profilePage.display} about={texts.profilePage.about}>
        <ClockField />
      </Section>
      {lock ? (
        <Section title={texts.profilePage.nameEmailPassword} about={lock.why} />
      ) : (
        <Section title={texts.profilePage.changeEmail} about={texts.profilePage.signInWithMails}>
          <EmailForm />
        </Section>
      )}
    </div>
  )
}
