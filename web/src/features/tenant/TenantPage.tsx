import { Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useCan, useUser } from '@/api/client'
import type { Tenant } from '@/api/types'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { Facts, Section } from '@/components/Section'
import { Bone } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { grouped, listed } from '@/lib/numbers'
import { useRenameTenant, useTenant } from '@/queries/tenant'
import { AuditExport } from './AuditExport'
import { DeleteTenantDialog } from './DeleteTenantDialog'

function NameForm({ tenant }: { tenant: Tenant }) {
  const rename = useRenameTenant()
  const { draft, form, text } = useForm({
    initial: { name: tenant.name },
    validate: ({ name }) => (name.trim() === '' ? { '/name': 'Name the tenant.' } : {}),
    mutation: rename,
    request: ({ name }) => name.trim(),
    onSuccess: () => announce('The name is saved.'),
  })
  return (
    <form {...form} className="flex max-w-sm flex-col gap-2">
      <TextField label="Name" autoComplete="organization" maxLength={100} required {...text('name')} />
      <RequestFailure error={rename.error} title="The name was not saved" fields={['/name']} />
      <div>
        <Button type="submit" variant="primary" busy={rename.isPending} disabled={draft.name.trim() === tenant.name}>
          Save name
        </Button>
      </div>
    </form>
  )
}

function DangerZone({ tenant }: { tenant: Tenant }) {
  const { signInMethod, hasPassword } = useUser()
  const [deleting, setDeleting] = useState(false)
  const bySso = signInMethod === 'sso' || !hasPassword
  const mayTransfer = useCan('tenant:transfer')
  const mayDelete = useCan('tenant:delete')
  if (!mayTransfer && !mayDelete) return null
  return (
    <Section title="Danger zone">
      <div className="flex flex-col divide-y divide-line text-13">
        {mayTransfer && (
          <div className="flex flex-wrap items-center gap-3 py-3">
            <p className="min-w-0 flex-1 basis-64">
              <span className="font-medium">Transfer ownership.</span> <span className="text-text-2">Choose another member; you become admin.</span>
            </p>
            <Link to="/settings/members" search={{ status: ['active'] }} className={buttonClass()}>
              Choose a member
            </Link>
          </div>
        )}
        {mayDelete && (
          <div className="flex flex-wrap items-center gap-3 py-3">
            <p className="min-w-0 flex-1 basis-64">
              <span className="font-medium">Delete {tenant.name}.</span>{' '}
              <span className="text-text-2">{bySso ? 'This needs a password: an owner who signs in with one can do it.' : 'Everything that it owns goes with it, for good.'}</span>
            </p>
            {!bySso && (
              <Button icon={Trash2} variant="danger" onClick={() => setDeleting(true)}>
                Delete tenant
              </Button>
            )}
          </div>
        )}
      </div>
      {deleting && <DeleteTenantDialog onClose={() => setDeleting(false)} />}
    </Section>
  )
}

function TenantSettings({ tenant }: { tenant: Tenant }) {
  const mayWrite = useCan('tenant:write')
  const mayReadAudit = useCan('audit:read')
  return (
    <div className="flex flex-col gap-4">
      <Section title={tenant.name}>
        <Facts
          facts={[
            ['Members', grouped(tenant.members)],
            [tenant.ownerNames.length === 1 ? 'Owner' : 'Owners', listed(tenant.ownerNames)],
            ['Single sign-on', tenant.sso ? `${tenant.sso.enabled ? 'on' : 'off'}, as “${tenant.sso.slug}”` : 'not set up'],
            ['Made', <Absolute key="made" at={tenant.createdAt} />],
          ]}
        />
        {mayWrite && (
          <div className="mt-5">
            <NameForm tenant={tenant} />
          </div>
        )}
      </Section>
      {mayReadAudit && (
        <Section title="Audit trail" about="Who did what, when and from where: one JSON object a line, newest first.">
          <AuditExport />
        </Section>
      )}
      <DangerZone tenant={tenant} />
    </div>
  )
}

const Waiting = () => (
  <div className="flex flex-col gap-6 rounded-lg border border-line bg-surface-1 p-4">
    <Bone className="h-3 w-32" />
    <Bone className="h-3 w-2/3" />
    <Bone className="h-9 w-full max-w-sm" />
  </div>
)

/** What the tenant is, and its end. */
function TenantLoaded() {
  const query = useTenant()
  return (
    <Loaded query={query} what="the tenant" skeleton={<Waiting />}>
      {(tenant) => <TenantSettings tenant={tenant} />}
    </Loaded>
  )
}

export function TenantPage() {
  return useCan('tenant:read') ? <TenantLoaded /> : <NotAllowed what="the tenant" permission="tenant:read" />
}
