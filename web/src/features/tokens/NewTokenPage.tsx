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
import { plural } from '@/lib/numbers'
import { useRoles } from '@/queries/members'
import { useCreateToken } from '@/queries/tokens'

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
      <legend className="text-13 font-medium">What it may do</legend>
      <div className="mt-1 flex flex-wrap gap-2">
        <Button onClick={() => onChange(offered.filter((name) => name.endsWith(':read')))}>Only read</Button>
        <Button onClick={() => onChange(offered)}>Everything that you may do</Button>
        <Button onClick={() => onChange([])}>Nothing</Button>
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
      ...(name.trim() === '' && { '/name': 'Name the token after what uses it.' }),
      ...(scopes.length === 0 && { '/scopes': 'Choose at least one.' }),
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
    <Section title="New API token" about="For a script or another program. It acts as you, within what is chosen here.">
      <form {...form} className="flex max-w-2xl flex-col gap-3">
        <TextField label="Name" maxLength={limits.CreateApiToken.name.maxLength} placeholder="Nightly inventory" required className="max-w-sm" {...text('name')} />
        <SelectField label="Works for" className="max-w-sm" value={draft.days} error={errors['/expiresInDays']} onChange={(event) => change({ days: event.target.value })}>
          {LIFETIMES.map((days) => (
            <option key={days} value={days}>
              {plural(days, 'day')}
            </option>
          ))}
        </SelectField>
        <ScopeField scopes={draft.scopes} error={listError(errors, '/scopes')} onChange={(scopes) => change({ scopes })} />
        <TokenField
          label="Only from these addresses"
          optional
          placeholder="203.0.113.0/24"
          hint="Addresses or CIDR ranges, with commas between; empty means anywhere."
          error={listError(errors, '/ipAllowList')}
          values={draft.ipAllowList}
          onChange={(ipAllowList) => change({ ipAllowList })}
        />
        <RequestFailure error={create.error} title="The token was not created" fields={['/name', '/expiresInDays', '/scopes', '/ipAllowList']} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={create.isPending}>
            Create token
          </Button>
          <Link to="/settings/tokens" className={buttonClass()}>
            Cancel
          </Link>
        </div>
      </form>
      {create.data && (
        <OnceDialog
          title="Store the token now"
          description={`“${create.data.name}” is shown this once. Whoever has it can do what it may.`}
          actions={<CopyButton text={create.data.token} what="token" />}
          onClose={() => void navigate({ to: '/settings/tokens' })}
        >
          <Secret>{create.data.token}</Secret>
          <p className="mt-2 text-13 text-text-2">
            Send it as <code className="font-mono text-12">Authorization: Bearer {create.data.prefix}…</code>
          </p>
        </OnceDialog>
      )}
    </Section>
  )
}

export function NewTokenPage() {
  return useCan('tokens:write') ? <NewTokenForm /> : <NotAllowed what="the form for tokens" permission="tokens:write" />
}
