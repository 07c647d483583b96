import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useCan, useUser } from '@/api/client'
import type { GivenRole, SsoSettings } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { RequestFailure } from '@/components/RequestFailure'
import { roleTitle } from '@/components/roles'
import { Section } from '@/components/Section'
import { Bone } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { Ago } from '@/components/Time'
import { TokenField } from '@/components/TokenField'
import { Button } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { Checkbox, PasswordField, SelectField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useDeleteSso, usePutSso, useSso } from '@/queries/tenant'
import { RoleMappingFields } from './RoleMappingFields'
import { draftOf, GIVEN_ROLES, requestOf, validateSso } from './ssoDraft'

const FIELDS = ['/slug', '/issuer', '/clientId', '/clientSecret', '/domains', '/roleClaim', '/roleMapping', '/defaultRole']

function Address({ label, address }: { label: string; address: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-13">
      <span className="w-full text-12 text-text-3">{label}</span>
      <code className="min-w-0 rounded-md border border-line bg-surface-0 px-2 py-1 font-mono text-12 break-all select-all">{address}</code>
      <CopyButton text={address} what="address" />
    </div>
  )
}

function SsoForm({ settings }: { settings: SsoSettings | null }) {
  const put = usePutSso()
  const { draft, change, errors, form, text } = useForm({
    initial: draftOf(settings),
    validate: (present) => validateSso(present, settings?.hasClientSecret ?? false),
    mutation: put,
    request: requestOf,
    onSuccess: ({ enabled }) => {
      announce(enabled ? 'Single sign-on is saved and on.' : 'Single sign-on is saved and off.')
      change({ clientSecret: '' })
    },
  })
  return (
    <form {...form} className="flex max-w-2xl flex-col gap-3">
      <TextField label="Issuer" type="url" inputMode="url" placeholder="https://login.example.com" hint="The provider’s address; its configuration is read from there before anything is saved." required {...text('issuer')} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="Client id" autoComplete="off" spellCheck={false} required {...text('clientId')} />
        <PasswordField
          label="Client secret"
          autoComplete="off"
          spellCheck={false}
          placeholder={draft.noSecret ? 'none' : settings?.hasClientSecret ? 'stored' : undefined}
          hint={settings?.hasClientSecret ? 'Leave empty to keep the current one.' : 'Stored encrypted and never shown again.'}
          disabled={draft.noSecret}
          {...text('clientSecret')}
        />
      </div>
      <Checkbox label="The provider gave no secret (a public client)" checked={draft.noSecret} onChange={(noSecret) => change({ noSecret, clientSecret: '' })} />
      <TextField label="Sign-in name" autoCapitalize="none" spellCheck={false} placeholder="acme" hint="What your people enter under “Sign in with SSO”." required className="max-w-sm" {...text('slug')} />
      <TokenField
        label="Domains"
        placeholder="acme.example"
        hint="Only people with an address in these domains can sign in. Leave it empty for any."
        optional
        error={errors['/domains'] ?? Object.entries(errors).find(([pointer]) => pointer.startsWith('/domains/'))?.[1]}
        values={draft.domains}
        onChange={(domains) => change({ domains })}
      />
      <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3">
        <legend className="px-1 text-13 font-medium">Roles</legend>
        <TextField label="Claim" optional spellCheck={false} autoCapitalize="none" placeholder="groups" hint="The part of the provider’s answer that says what somebody is." className="max-w-sm" {...text('roleClaim')} />
        <RoleMappingFields mapping={draft.roleMapping} errors={errors} onChange={(roleMapping) => change({ roleMapping })} />
        <SelectField
          label="Everybody else becomes"
          className="max-w-sm"
          value={draft.defaultRole}
          error={errors['/defaultRole']}
          onChange={(event) => change({ defaultRole: event.target.value as GivenRole | 'none' })}
        >
          {GIVEN_ROLES.map((role) => (
            <option key={role} value={role}>
              {roleTitle(role)}
            </option>
          ))}
          <option value="none">Nothing: they cannot sign in</option>
        </SelectField>
      </fieldset>
      <Checkbox label="On: people can sign in with it" checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      <RequestFailure error={put.error} title="Not saved" fields={FIELDS} />
      <div>
        <Button type="submit" variant="primary" busy={put.isPending}>
          {put.isPending ? 'Asking the provider' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

function Sso({ settings }: { settings: SsoSettings | null }) {
  const { tenantId } = useUser()
  const remove = useDeleteSso()
  const [removing, setRemoving] = useState(false)
  // The form starts over when what it showed is gone, and only then.
  const [removals, setRemovals] = useState(0)
  return (
    <div className="flex flex-col gap-4">
      <Section
        title="At your identity provider"
        about="Register this platform there as a web application with the authorization code flow, then fill in below what the provider gives you. Any OpenID Connect provider works: Keycloak, Zitadel, Entra ID, Okta, Google."
      >
        <div className="flex flex-col gap-3">
          <Address label="Redirect address" address={settings?.redirectUri ?? `${window.location.origin}/sso/callback/${tenantId}`} />
          {settings && <Address label="Where your people sign in" address={settings.signInUrl} />}
        </div>
      </Section>
      <Section
        title={settings ? 'Single sign-on' : 'Set up single sign-on'}
        action={
          settings && (
            <span className="text-12 text-text-3">
              Saved <Ago at={settings.updatedAt} />
            </span>
          )
        }
      >
        <SsoForm key={removals} settings={settings} />
      </Section>
      {settings && (
        <div>
          <Button icon={Trash2} onClick={() => setRemoving(true)}>
            Remove single sign-on
          </Button>
        </div>
      )}
      {removing && (
        <ConfirmDialog
          title="Remove single sign-on?"
          description="Nobody can sign in with it any more, and everyone who did is signed out. Members without a password cannot sign in until it is set up again."
          action="Remove single sign-on"
          failed="Not removed"
          mutation={remove}
          request={undefined}
          onDone={() => {
            announce('Single sign-on is removed.')
            setRemovals(removals + 1)
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}

const Waiting = () => (
  <div className="flex flex-col gap-6 rounded-lg border border-line bg-surface-1 p-4">
    <Bone className="h-3 w-40" />
    <Bone className="h-9 w-full max-w-2xl" />
    <Bone className="h-9 w-full max-w-2xl" />
    <Bone className="h-9 w-full max-w-sm" />
  </div>
)

function SsoLoaded() {
  const query = useSso()
  return (
    <Loaded query={query} what="single sign-on" skeleton={<Waiting />}>
      {(settings) => <Sso settings={settings} />}
    </Loaded>
  )
}

/** How this tenant's people sign in at their own identity provider. */
export function SsoPage() {
  return useCan('sso:write') ? <SsoLoaded /> : <NotAllowed what="single sign-on" permission="sso:write" />
}
