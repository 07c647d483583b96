import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { ChevronsUpDown, Plus, Settings } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { session, useCan, useUser } from '@/api/client'
import { announce, announceFailure } from '@/components/announcements'
import { roleWord } from '@/components/roles'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@/components/ui/Menu'
import { plural } from '@/lib/numbers'
import { useAccounts } from '@/queries/accounts'

const CreateTenantDialog = lazy(() => import('@/features/tenant/CreateTenantDialog'))

interface TenantMenuProps {
  collapsed: boolean
  onNavigate: (() => void) | undefined
}

/** Which tenant is on screen, and the way to another. */
export function TenantMenu({ collapsed, onNavigate }: TenantMenuProps) {
  const user = useUser()
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const maySeeTenant = useCan('tenant:read')
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const facts = [accounts && plural(accounts.length, 'account'), roleWord(user.role)].filter(Boolean).join(' · ')

  // A session that single sign-on began stays where it began.
  const confined = user.signInMethod === 'sso'
  const tenants = confined ? user.tenants.filter(({ id }) => id === user.tenantId) : user.tenants

  const switchTo = (id: string) => {
    if (id === user.tenantId) return
    const name = user.tenants.find((tenant) => tenant.id === id)?.name ?? 'the other tenant'
    // What the address named belongs to the tenant before.
    session
      .switchTenant(id)
      .then(() => announce(`You are in ${name} now.`))
      .catch(announceFailure)
  }

  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            title={collapsed ? user.tenantName : undefined}
            className={clsx('flex h-18 w-full items-center gap-2.5 text-left hover:bg-surface-2 focus-visible:-outline-offset-2', collapsed ? 'justify-center' : 'px-4.5')}
          >
            <span aria-hidden className="flex size-6.5 shrink-0 items-center justify-center rounded-md bg-accent text-13 font-bold text-on-accent">
              {user.tenantName.charAt(0).toUpperCase()}
            </span>
            <span className={collapsed ? 'sr-only' : 'min-w-0 flex-1'}>
              <span className="sr-only">Tenant: </span>
              <span className="block truncate text-14 font-semibold">{user.tenantName}</span>
              <span className="block truncate text-12 text-text-3">{facts}</span>
            </span>
            {!collapsed && <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-text-3" />}
          </button>
        }
      >
        <MenuHeading>Tenant</MenuHeading>
        <MenuChoice
          label="Tenant"
          value={user.tenantId}
          onChange={switchTo}
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
          <MenuItem icon={Plus} onSelect={() => setCreating(true)}>
            Create a tenant
          </MenuItem>
        )}
      </Menu>
      {creating && (
        <Suspense>
          <CreateTenantDialog onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </>
  )
}
