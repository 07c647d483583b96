import { Link, useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { useCan, useUser, type Permission } from '@/api/client'
import { limits } from '@/api/__generated__/limits'
import type { NewToken } from '@/api/types'
import { OnceDialog, Secret } from '@/components/OnceDialog'
import { RequestFailure } from '@/components/RequestFailure'
import { Section } from '@/components/Section'
import { NotAllowed } from '@/components/states'
import { TokenField } from '@/components/TokenField'
import { Button, buttonClass } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { Checkbox, FieldMessage, SelectField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { phrase } from '@/lib/phrase'
import { useRoles } from '@/queries/members'
import { useCreateToken } from '@/queries/tokens'
import { texts } from './texts'

const LIFETIMES = [7, 30, 90, 180, 365]

/** Held by people only: no token does these, whatever its scopes. */
const FOR_PEOPLE: readonly string[] = ['tokens:write', 'tokens:manage', 'tenant:transfer', 'tenant:delete']

interface ScopeFieldProps {
  scopes: readonly Permission[]
  error: string | undefined
  onChange: (scopes: Permission[]) => void
}

function ScopeField({ scopes, error, onChange }: ScopeFieldProps) {
  const user = useUser()
  const { data: roles } = useRoles()
  const id = useId()
  const words = new Map(roles?.flatMap(({ permissions }) => permissions.map(({ name, description }) => [name, description] as const)))
  const offered = user.permissions.filter((name) => !FOR_PEOPLE.includes(name))
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="text-13 font-medium">{texts.scopeField.whatMayDo}</legend>
      <div className="mt-1 flex flex-wrap gap-2">
        <Button onClick={() => onChange(offered.filter((name) => name.endsWith(':read')))}>{texts.scopeField.onlyRead}</Button>
        <Button onClick={() => onChange(offered)}>{texts.scopeField.everythingMayDo}</Button>
        <Button onClick={() => onChange([])}>{texts.scopeField.nothing}</Button>
      </div>
      <div className="mt-2 grid gap-x-6 sm:grid-cols-2">
        {offered.map((name) => (
          <Checkbox
            key={name}
            aria-invalid={error ? true : undefined}
            label={
              <span className="min-w-0">
                {words.get(name) ?? name}{' '}
                <code className="font-mono text-12 text-text-3">{name}</code>
              </span>
            }
            checked={scopes.includes(name)}
            onChange={(checked) => onChange(checked ? [...scopes, name] : scopes.filter((other) => other !== name))}
          />
        ))}
      </div>
      <div className="mt-1 min-h-4">{error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}</div>
    </fieldset>
  )
}

interface Draft {
  name: string
  scopes: Permission[]
  days: string
  ipAllowList: string[]
}

const initial: Draft = { name: '', scopes: [], days: '90', ipAllowList: [] }

/** The API names an address by its place in the list; the field is one. */
const listError = (errors: Readonly<Record<string, string>>, pointer: string): string | undefined =>
  errors[pointer] ?? Object.entries(errors).find(([key]) => key.startsWith(`${pointer}/`))?.[1]

function NewTokenForm() {
  const create = useCreateToken()
  const navigate = useNavigate()
  const { draft, change, errors, form, text } = useForm({
    initial,
    validate: ({ name, scopes }) => ({
      ...(name.trim() === '' && { '/name': texts.newTokenForm.nameTokenAfterWhat }),
      ...(scopes.length === 0 && { '/scopes': texts.newTokenForm.chooseAtLeastOne }),
    }),
    mutation: create,
    request: ({ name, scopes, days, ipAllowList }): NewToken => ({
      name: name.trim(),
      scopes,
      expiresInDays: Number(days),
      ...(ipAllowList.length > 0 && { ipAllowList }),
    }),
  })
  return (
    <Section title={texts.newTokenForm.title} about={texts.newTokenForm.about}>
      <form {...form} className="flex max-w-2xl flex-col gap-3">
        <TextField label={texts.newTokenForm.name} maxLength={limits.CreateApiToken.name.maxLength} placeholder={texts.newTokenForm.namePlaceholder} required className="max-w-sm" {...text('name')} />
        <SelectField label={texts.newTokenForm.worksFor} className="max-w-sm" value={draft.days} error={errors['/expiresInDays']} onChange={(event) => change({ days: event.target.value })}>
          {LIFETIMES.map((days) => (
            <option key={days} value={days}>
              {texts.newTokenForm.days({ days })}
            </option>
          ))}
        </SelectField>
        <ScopeField scopes={draft.scopes} error={listError(errors, '/scopes')} onChange={(scopes) => change({ scopes })} />
        <TokenField
          label={texts.newTokenForm.onlyFromTheseAddresses}
          optional
          placeholder="203.0.113.0/24"
          hint={texts.newTokenForm.onlyFromTheseAddressesHint}
          error={listError(errors, '/ipAllowList')}
          values={draft.ipAllowList}
          onChange={(ipAllowList) => change({ ipAllowList })}
        />
        <RequestFailure error={create.error} title={texts.newTokenForm.failed} fields={['/name', '/expiresInDays', '/scopes', '/ipAllowList']} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={create.isPending}>
            {texts.newTokenForm.createToken}
          </Button>
          <Link to="/settings/tokens" className={buttonClass()}>
            {texts.newTokenForm.cancel}
          </Link>
        </div>
      </form>
      {create.data && (
        <OnceDialog
          title={texts.newTokenForm.storeTokenNow}
          description={texts.newTokenForm.shownOnceWhoeverHas({ name: create.data.name })}
          actions={<CopyButton text={create.data.token} what={texts.newTokenForm.token} />}
          onClose={() => void navigate({ to: '/settings/tokens' })}
        >
          <Secret>{create.data.token}</Secret>
          <p className="mt-2 text-13 text-text-2">
            {phrase(texts.newTokenForm.sendAsAuthorizationBearer, { prefix: create.data.prefix, code: (words) => <code className="font-mono text-12">{words}</code> })}
          </p>
        </OnceDialog>
      )}
    </Section>
  )
}

export function NewTokenPage() {
  return useCan('tokens:write') ? <NewTokenForm /> : <NotAllowed what={texts.newTokenPage.formForTokens} permission="tokens:write" />
}
