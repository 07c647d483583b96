import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { session } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { SetupRequest } from '@/api/types'
import { Entrance } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import type { FieldErrors } from '@/components/formErrors'
import { Button } from '@/components/ui/Button'
import { PasswordField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { phrase } from '@/lib/phrase'
import { setupQuery } from '@/queries/host'
import { texts } from './texts'

const MIN_PASSWORD = 15

type Draft = Record<keyof SetupRequest, string>

function validate(draft: Draft, codeRequired: boolean): FieldErrors {
  return {
    ...(draft.tenantName.trim() === '' && { '/tenantName': texts.validate.nameOrganisation }),
    ...(draft.name.trim() === '' && { '/name': texts.validate.enterName }),
    ...(!/^\S+@\S+$/.test(draft.email.trim()) && { '/email': texts.validate.enterEmailAddress }),
    ...(draft.password.length < MIN_PASSWORD && { '/password': texts.validate.useAtLeastCharacters({ minPassword: MIN_PASSWORD }) }),
    ...(codeRequired && draft.setupCode.trim() === '' && { '/setupCode': texts.validate.enterCodeServerPrinted }),
  }
}

/** The first page of a fresh installation: makes its first tenant and owner. */
export function SetupPage() {
  const codeRequired = useQuery(setupQuery).data?.codeRequired ?? false
  const setUp = useMutation({ mutationFn: session.setUp })
  const { form, text } = useForm<Draft, SetupRequest, unknown>({
    initial: { tenantName: '', name: '', email: '', password: '', setupCode: '' },
    validate: (draft) => validate(draft, codeRequired),
    mutation: setUp,
    request: ({ setupCode, ...rest }) => ({ ...rest, ...(codeRequired && { setupCode: setupCode.trim() }) }),
  })
  const field = (key: keyof Draft) => ({ ...text(key), required: true })

  return (
    <Entrance title={texts.setupPage.title} note={texts.setupPage.note}>
      <form {...form} className="flex flex-col gap-2">
        {hasSlug(setUp.error, 'conflict') ? (
          <FormFailure title={texts.setupPage.failed}>
            {phrase(texts.setupPage.somebodyElseHasAlready, { link: (words) => <Link to="/sign-in" className="underline">{words}</Link> })}
          </FormFailure>
        ) : (
          setUp.error && (
            <FormFailure title={texts.setupPage.couldNotSetUp} error={setUp.error}>
              {setUp.error.message}
            </FormFailure>
          )
        )}
        <TextField label={texts.setupPage.organisation} autoComplete="organization" {...field('tenantName')} />
        <TextField label={texts.setupPage.name} autoComplete="name" {...field('name')} />
        <TextField label={texts.setupPage.email} type="email" autoComplete="username" {...field('email')} />
        <PasswordField label={texts.setupPage.password} autoComplete="new-password" hint={texts.setupPage.atLeastCharactersFew({ minPassword: MIN_PASSWORD })} {...field('password')} />
        {codeRequired && (
          <TextField label={texts.setupPage.setupCode} autoComplete="one-time-code" hint={texts.setupPage.setupCodeHint} {...field('setupCode')} />
        )}
        <Button type="submit" variant="primary" busy={setUp.isPending} className="h-9 w-full">
          {texts.setupPage.createOwnerSignIn}
        </Button>
      </form>
    </Entrance>
  )
}
