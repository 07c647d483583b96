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
import { phrase } from '@/lib/phrase'
import { useDeleteSso, usePutSso, useSso } from '@/queries/tenant'
import { RoleMappingFields } from './RoleMappingFields'
import { draftOf, GIVEN_ROLES, requestOf, validateSso } from './ssoDraft'
import { texts } from './texts'

const FIELDS = ['/slug', '/issuer', '/clientId', '/clientSecret', '/domains', '/roleClaim', '/roleMapping', '/defaultRole']

function Address({ label, address }: { label: string; address: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-13">
      <span className="w-full text-12 text-text-3">{label}</span>
      <code className="min-w-0 rounded-md border border-line bg-surface-0 px-2 py-1 font-mono text-12 break-all select-all">{address}</code>
      <CopyButton text={address} what={texts.address.address} />
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
      announce(enabled ? texts.ssoForm.savedOn : texts.ssoForm.savedOff)
      change({ clientSecret: '' })
    },
  })
  return (
    <form {...form} className="flex max-w-2xl flex-col gap-3">
      <TextField label={texts.ssoForm.issuer} type="url" inputMode="url" placeholder={texts.ssoForm.issuerPlaceholder} hint={texts.ssoForm.issuerHint} required {...text('issuer')} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label={texts.ssoForm.clientId} autoComplete="off" spellCheck={false} required {...text('clientId')} />
        <PasswordField
          label={texts.ssoForm.clientSecret}
          autoComplete="off"
          spellCheck={false}
          placeholder={draft.noSecret ? texts.ssoForm.none : settings?.hasClientSecret ? texts.ssoForm.stored : undefined}
          hint={settings?.hasClientSecret ? texts.ssoForm.leaveEmptyKeepCurrent : texts.ssoForm.storedEncryptedNeverShown}
          disabled={draft.noSecret}
          {...text('clientSecret')}
        />
      </div>
      <Checkbox label={texts.ssoForm.providerGaveNoSecret} checked={draft.noSecret} onChange={(noSecret) => change({ noSecret, clientSecret: '' })} />
      <TextField label={texts.ssoForm.signInName} autoCapitalize="none" spellCheck={false} placeholder={texts.ssoForm.signInNamePlaceholder} hint={texts.ssoForm.signInNameHint} required className="max-w-sm" {...text('slug')} />
      <TokenField
        label={texts.ssoForm.domains}
        placeholder={texts.ssoForm.domainsPlaceholder}
        hint={texts.ssoForm.domainsHint}
        optional
        error={errors['/domains'] ?? Object.entries(errors).find(([pointer]) => pointer.startsWith('/domains/'))?.[1]}
        values={draft.domains}
        onChange={(domains) => change({ domains })}
      />
      <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3">
        <legend className="px-1 text-13 font-medium">{texts.ssoForm.roles}</legend>
        <TextField label={texts.ssoForm.claim} optional spellCheck={false} autoCapitalize="none" placeholder={texts.ssoForm.claimPlaceholder} hint={texts.ssoForm.claimHint} className="max-w-sm" {...text('roleClaim')} />
        <RoleMappingFields mapping={draft.roleMapping} errors={errors} onChange={(roleMapping) => change({ roleMapping })} />
        <SelectField
          label={texts.ssoForm.everybodyElseBecomes}
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
          <option value="none">{texts.ssoForm.nothingTheyCannotSign}</option>
        </SelectField>
      </fieldset>
      <Checkbox label={texts.ssoForm.onPeopleCanSign} checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      <RequestFailure error={put.error} title={texts.ssoForm.failed} fields={FIELDS} />
      <div>
        <Button type="submit" variant="primary" busy={put.isPending}>
          {put.isPending ? texts.ssoForm.askingProvider : texts.ssoForm.save}
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
        title={texts.sso.title}
        about={texts.sso.about}
      >
        <div className="flex flex-col gap-3">
          <Address label={texts.sso.redirectAddress} address={settings?.redirectUri ?? `${window.location.origin}/sso/callback/${tenantId}`} />
          {settings && <Address label={texts.sso.wherePeopleSignIn} address={settings.signInUrl} />}
        </div>
      </Section>
      <Section
        title={settings ? texts.sso.singleSignOn : texts.sso.setUpSingleSign}
        action={
          settings && (
            <span className="text-12 text-text-3">
              {phrase(texts.sso.saved, { when: <Ago at={settings.updatedAt} /> })}
            </span>
          )
        }
      >
        <SsoForm key={removals} settings={settings} />
      </Section>
      {settings && (
        <div>
          <Button icon={Trash2} onClick={() => setRemoving(true)}>
            {texts.sso.removeSingleSignOn}
          </Button>
        </div>
      )}
      {removing && (
        <ConfirmDialog
          title={texts.sso.removeSingleSignOnTitle}
          description={texts.sso.description}
          action={texts.sso.removeSingleSignOn}
          failed={texts.sso.failed}
          mutation={remove}
          request={undefined}
          onDone={() => {
            announce(texts.sso.singleSignOnRemoved)
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
    <Loaded query={query} what={texts.ssoLoaded.singleSignOn} skeleton={<Waiting />}>
      {(settings) => <Sso settings={settings} />}
    </Loaded>
  )
}

/** How this tenant's people sign in at their own identity provider. */
export function SsoPage() {
  return useCan('sso:write') ? <SsoLoaded /> : <NotAllowed what={texts.ssoPage.singleSignOn} permission="sso:write" />
}
