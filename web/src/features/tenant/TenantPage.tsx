import { Link } from '@tanstack/react-router'
import { LogOut, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan, useUser } from '@/api/client'
import type { Tenant } from '@/api/types'
import { useAccountLock } from '@/components/accountLock'
import { announce } from '@/components/announcements'
import { AuditExport } from '@/components/AuditExport'
import { LeaveTenantDialog } from '@/components/LeaveTenantDialog'
import { useLeaving } from '@/components/leaving'
import { RequestFailure } from '@/components/RequestFailure'
import { Facts, Section } from '@/components/Section'
import { Bone } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { grouped, listed } from '@/lib/numbers'
import { useTenant, useUpdateTenant } from '@/queries/tenant'
import { DeleteTenantDialog } from './DeleteTenantDialog'

const { name: NAME, alertRetentionDays: RETENTION } = limits.TenantChange

const isDays = (text: string): boolean => /^\d+$/.test(text.trim()) && Number(text) >= RETENTION.minimum && Number(text) <= RETENTION.maximum

function SettingsForm({ tenant }: { tenant: Tenant }) {
  const update = useUpdateTenant()
  const { draft, form, text } = useForm({
    initial: { name: tenant.name, alertRetentionDays: String(tenant.alertRetentionDays) },
    validate: ({ name, alertRetentionDays }) => ({
      ...(name.trim() === '' && { '/name': 'Name the tenant.' }),
      ...(!isDays(alertRetentionDays) && { '/alertRetentionDays': `Enter whole days, ${RETENTION.minimum} to ${RETENTION.maximum} (5 years).` }),
    }),
    mutation: update,
    request: ({ name, alertRetentionDays }) => ({ name: name.trim(), alertRetentionDays: Number(alertRetentionDays) }),
    onSuccess: () => announce('The settings are saved.'),
  })
  const unchanged = draft.name.trim() === tenant.name && draft.alertRetentionDays.trim() === String(tenant.alertRetentionDays)
  return (
    <form {...form} className="flex max-w-sm flex-col gap-3">
      <TextField label="Name" autoComplete="organization" maxLength={NAME.maxLength} required {...text('name')} />
      <TextField
        label="Keep resolved alerts for, in days"
        inputMode="numeric"
        hint="Applies to alerts that open from now on. Alerts that are not resolved are always kept."
        required
        {...text('alertRetentionDays')}
      />
      <RequestFailure error={update.error} title="The settings were not saved" fields={['/name', '/alertRetentionDays']} />
      <div>
        <Button type="submit" variant="primary" busy={update.isPending} disabled={unchanged}>
          Save settings
        </Button>
      </div>
    </form>
  )
}

interface DangerProps {
  title: string
  /** What happens, in words. */
  children: ReactNode
  action?: ReactNode
}

function Danger({ title, children, action }: DangerProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 py-3">
      <p className="min-w-0 flex-1 basis-64 wrap-anywhere">
        <span className="font-medium">{title}.</span> <span className="text-text-2">{children}</span>
      </p>
      {action}
    </div>
  )
}

function Leave({ tenant, onLeave }: { tenant: Tenant; onLeave: () => void }) {
  const { role } = useUser()
  const words = useLeaving()
  const isOnlyOwner = role === 'owner' && tenant.ownerNames.length === 1
  return isOnlyOwner ? (
    <Danger title={`Leave ${tenant.name}`}>You are its only owner. Make somebody else an owner first, or delete the tenant.</Danger>
  ) : (
    <Danger
      title={`Leave ${tenant.name}`}
      action={
        <Button icon={LogOut} onClick={onLeave}>
          Leave this tenant
        </Button>
      }
    >
      {words}
    </Danger>
  )
}

function DangerZone({ tenant }: { tenant: Tenant }) {
  const [open, setOpen] = useState<'leave' | 'delete' | null>(null)
  const lock = useAccountLock()
  const mayTransfer = useCan('tenant:transfer')
  const mayDelete = useCan('tenant:delete')
  const close = () => setOpen(null)
  return (
    <Section title="Danger zone">
      <div className="flex flex-col divide-y divide-line text-13">
        <Leave tenant={tenant} onLeave={() => setOpen('leave')} />
        {mayTransfer && (
          <Danger
            title="Transfer ownership"
            action={
              <Link to="/settings/members" search={{ status: ['active'] }} className={buttonClass()}>
                Choose a member
              </Link>
            }
          >
            Choose another member; you become admin.
          </Danger>
        )}
        {mayDelete && (
          <Danger
            title={`Delete ${tenant.name}`}
            action={
              !lock && (
                <Button icon={Trash2} variant="danger" onClick={() => setOpen('delete')}>
                  Delete tenant
                </Button>
              )
            }
          >
            {lock ? 'This needs a password: an owner who signs in with one can do it.' : 'Everything in it is deleted with it, for good.'}
          </Danger>
        )}
      </div>
      {open === 'leave' && <LeaveTenantDialog onClose={close} />}
      {open === 'delete' && <DeleteTenantDialog onClose={close} />}
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
            ['Created', <Absolute key="created" at={tenant.createdAt} />],
          ]}
        />
        {mayWrite && (
          <div className="mt-5">
            <SettingsForm tenant={tenant} />
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
