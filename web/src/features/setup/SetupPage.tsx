import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { session } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { SetupRequest } from '@/api/types'
import { Entrance } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import { fieldErrorsOf, focusFirstInvalid, type FieldErrors } from '@/components/formErrors'
import { Button } from '@/components/ui/Button'
import { PasswordField, TextField } from '@/components/ui/Field'
import { setupQuery } from '@/queries/host'

const MIN_PASSWORD = 15

type Draft = Record<keyof SetupRequest, string>

function validate(draft: Draft, codeRequired: boolean): FieldErrors {
  return {
    ...(draft.tenantName.trim() === '' && { '/tenantName': 'Name your organisation.' }),
    ...(draft.name.trim() === '' && { '/name': 'Enter your name.' }),
    ...(!/^\S+@\S+$/.test(draft.email.trim()) && { '/email': 'Enter your email address.' }),
    ...(draft.password.length < MIN_PASSWORD && { '/password': `Use at least ${MIN_PASSWORD} characters.` }),
    ...(codeRequired && draft.setupCode.trim() === '' && { '/setupCode': 'Enter the code that the server printed when it started.' }),
  }
}

/** The first page of a fresh installation: makes its first tenant and owner. */
export function SetupPage() {
  const codeRequired = useQuery(setupQuery).data?.codeRequired ?? false
  const [draft, setDraft] = useState<Draft>({ tenantName: '', name: '', email: '', password: '', setupCode: '' })
  const [local, setLocal] = useState<FieldErrors>({})
  const form = useRef<HTMLFormElement>(null)
  const setUp = useMutation({
    mutationFn: session.setUp,
    onError: () => form.current && focusFirstInvalid(form.current),
  })
  const errors = { ...fieldErrorsOf(setUp.error), ...local }

  const field = (key: keyof Draft) => ({
    name: key,
    value: draft[key],
    error: errors[`/${key}`],
    required: true,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => setDraft({ ...draft, [key]: event.target.value }),
  })

  const onSubmit = (event: React.SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (setUp.isPending) return
    const found = validate(draft, codeRequired)
    setLocal(found)
    if (Object.keys(found).length > 0) {
      focusFirstInvalid(event.currentTarget)
      return
    }
    const { setupCode, ...rest } = draft
    setUp.mutate({ ...rest, ...(codeRequired && { setupCode: setupCode.trim() }) })
  }

  return (
    <Entrance title="Set up this installation" note="You become its owner. You connect NetBird and invite others afterwards.">
      <form ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {hasSlug(setUp.error, 'conflict') ? (
          <FormFailure title="Already set up">
            Somebody else has already created the first owner.{' '}
            <Link to="/sign-in" className="underline">
              Sign in
            </Link>{' '}
            instead.
          </FormFailure>
        ) : (
          setUp.error && (
            <FormFailure title="Could not set up" error={setUp.error}>
              {setUp.error.message}
            </FormFailure>
          )
        )}
        <TextField label="Organisation" autoComplete="organization" {...field('tenantName')} />
        <TextField label="Your name" autoComplete="name" {...field('name')} />
        <TextField label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordField label="Password" autoComplete="new-password" hint={`At least ${MIN_PASSWORD} characters; a few words are fine.`} {...field('password')} />
        {codeRequired && (
          <TextField label="Setup code" autoComplete="one-time-code" hint="The server prints it when it starts for the first time." {...field('setupCode')} />
        )}
        <Button type="submit" variant="primary" busy={setUp.isPending} className="h-9 w-full">
          Create owner and sign in
        </Button>
      </form>
    </Entrance>
  )
}
