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
import { texts } from './texts'

const { name: NAME, alertRetentionDays: RETENTION } = limits.TenantChange

const isDays = (text: string): boolean => /^\d+$/.test(text.trim()) && Number(text) >= RETENTION.minimum && Number(text) <= RETENTION.maximum

function SettingsForm({ tenant }: { tenant: Tenant }) {
  const update = useUpdateTenant()
  const { draft, form, text } = useForm({
    initial: { name: tenant.name, alertRetentionDays: String(tenant.alertRetentionDays) },
    validate: ({ name, alertRetentionDays }) => ({
      ...(name.trim() === '' && { '/name': texts.settingsForm.nameTenant }),
      ...(!isDays(alertRetentionDays) && { '/alertRetentionDays': texts.settingsForm.enterWholeDays({ minimum: RETENTION.minimum, maximum: RETENTION.maximum }) }),
    }),
    mutation: update,
    request: ({ name, alertRetentionDays }) => ({ name: name.trim(), alertRetentionDays: Number(alertRetentionDays) }),
    onSuccess: () => announce(texts.settingsForm.settingsSaved),
  })
  const unchanged = draft.name.trim() === tenant.name && draft.alertRetentionDays.trim() === String(tenant.alertRetentionDays)
  return (
    <form {...form} className="flex max-w-sm flex-col gap-3">
      <TextField label={texts.settingsForm.name} autoComplete="organization" maxLength={NAME.maxLength} required {...text('name')} />
      <TextField
        label={texts.settingsForm.keepResolvedAlertsFor}
        inputMode="numeric"
        hint={texts.settingsForm.keepResolvedAlertsForHint}
        required
        {...text('alertRetentionDays')}
      />
      <RequestFailure error={update.error} title={texts.settingsForm.failed} fields={['/name', '/alertRetentionDays']} />
      <div>
        <Button type="submit" variant="primary" busy={update.isPending} disabled={unchanged}>
          {texts.settingsForm.saveSettings}
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
    <Danger title={texts.leave.leave({ name: tenant.name })}>{texts.leave.itsOnlyOwnerMake}</Danger>
  ) : (
    <Danger
      title={texts.leave.leave({ name: tenant.name })}
      action={
        <Button icon={LogOut} onClick={onLeave}>
          {texts.leave.leaveTenant}
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
    <Section title={texts.dangerZone.title}>
      <div className="flex flex-col divide-y divide-line text-13">
        <Leave tenant={tenant} onLeave={() => setOpen('leave')} />
        {mayTransfer && (
          <Danger
            title={texts.dangerZone.transferOwnership}
            action={
              <Link to="/settings/members" search={{ status: ['active'] }} className={buttonClass()}>
                {texts.dangerZone.chooseMember}
              </Link>
            }
          >
            {texts.dangerZone.chooseAnotherMemberBecome}
          </Danger>
        )}
        {mayDelete && (
          <Danger
            title={texts.dangerZone.delete({ name: tenant.name })}
            action={
              !lock && (
                <Button icon={Trash2} variant="danger" onClick={() => setOpen('delete')}>
                  {texts.dangerZone.deleteTenant}
                </Button>
              )
            }
          >
            {lock ? texts.dangerZone.needsPasswordOwnerWho : texts.dangerZone.everythingInDeletedWith}
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
            [texts.tenantSettings.members, grouped(tenant.members)],
            [texts.tenantSettings.owner({ owners: tenant.ownerNames.length }), listed(tenant.ownerNames)],
            [texts.tenantSettings.singleSignOn, tenant.sso ? tenant.sso.enabled ? texts.tenantSettings.onAs({ slug: tenant.sso.slug }) : texts.tenantSettings.offAs({ slug: tenant.sso.slug }) : texts.tenantSettings.notSetUp],
            [texts.tenantSettings.created, <Absolute key="created" at={tenant.createdAt} />],
          ]}
        />
        {mayWrite && (
          <div className="mt-5">
            <SettingsForm tenant={tenant} />
          </div>
        )}
      </Section>
      {mayReadAudit && (
        <Section title={texts.tenantSettings.title} about={texts.tenantSettings.about}>
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
    <Loaded query={query} what={texts.tenantLoaded.tenant} skeleton={<Waiting />}>
      {(tenant) => <TenantSettings tenant={tenant} />}
    </Loaded>
  )
}

export function TenantPage() {
  return useCan('tenant:read') ? <TenantLoaded /> : <NotAllowed what={texts.tenantPage.tenant} permission="tenant:read" />
}
