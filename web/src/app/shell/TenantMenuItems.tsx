import { useNavigate } from '@tanstack/react-router'
import { Plus, Settings } from 'lucide-react'
import { useState } from 'react'
import { session, useCan, useUser } from '@/api/client'
import { announce, announceFailure } from '@/components/announcements'
import { roleWord } from '@/components/roles'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@/components/ui/Menu'
import type { OnDemandProps } from '@/components/ui/OnDemand'
import { part } from '@/components/ui/part'
import { useLeaving } from './useLeaving'

const CreateTenantDialog = part(() => import('@/features/tenant/CreateTenantDialog'), { close: ({ onClose }) => onClose() })

interface TenantMenuItemsProps extends OnDemandProps {
  onNavigate: (() => void) | undefined
}

export default function TenantMenuItems({ onNavigate, trigger }: TenantMenuItemsProps) {
  const user = useUser()
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const maySeeTenant = useCan('tenant:read')
  const { leave, question } = useLeaving()

  // A session that single sign-on began stays where it began.
  const confined = user.signInMethod === 'sso'
  const tenants = confined ? user.tenants.filter(({ id }) => id === user.tenantId) : user.tenants

  const switchTo = (id: string) => {
    const name = user.tenants.find((tenant) => tenant.id === id)?.name ?? 'the other tenant'
    // What the address named belongs to the tenant before.
    session
      .switchTenant(id)
      .then(() => announce(`You are in ${name} now.`))
      .catch(announceFailure)
  }

  return (
    <>
      <Menu trigger={trigger}>
        <MenuHeading>Tenant</MenuHeading>
        <MenuChoice
          label="Tenant"
          value={user.tenantId}
          onChange={(id) => id !== user.tenantId && leave(() => switchTo(id))}
          options={tenants.map(({ id, name, role }) => ({
            value: id,
            label: (
              <span className="min-w-0 py-1">
                <span className="block truncate">{name}</span>
                <span className="block text-12 text-text-3">{roleWord(role)}</span>
              </span>
            ),
          }))}
        />
        {confined && <p className="max-w-56 px-2 pb-1 text-12 text-text-2">Single sign-on opens this tenant only. Sign in with a password to switch or to create one.</p>}
        <MenuSeparator />
        {maySeeTenant && (
          <MenuItem icon={Settings} onSelect={() => {
              onNavigate?.()
              void navigate({ to: '/settings/tenant' })
            }}>
            Tenant settings
          </MenuItem>
        )}
        {!confined && (
          <MenuItem icon={Plus} onSelect={() => leave(() => setCreating(true))}>
            Create a tenant
          </MenuItem>
        )}
      </Menu>
      {question}
      {creating && <CreateTenantDialog onClose={() => setCreating(false)} />}
    </>
  )
}
