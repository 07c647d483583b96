import { Plus, Settings } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import { roleWord } from '@/components/roles'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@/components/ui/Menu'
import type { OnDemandProps } from '@/components/ui/OnDemand'
import { part } from '@/components/ui/part'
import { texts } from './onDemandTexts'
import { useTenants } from './useTenants'

const CreateTenantDialog = part(() => import('@/features/tenant/CreateTenantDialog'), { close: ({ onClose }) => onClose() })

export interface TenantMenuItemsProps extends OnDemandProps {
  onNavigate: (() => void) | undefined
}

export default function TenantMenuItems({ onNavigate, trigger }: TenantMenuItemsProps) {
  const [creating, setCreating] = useState(false)
  const maySeeTenant = useCan('tenant:read')
  const { present, tenants, isConfined, choose, toSettings, leave, question } = useTenants(onNavigate)

  return (
    <>
      <Menu trigger={trigger}>
        <MenuHeading>{texts.tenantMenuItems.label}</MenuHeading>
        <MenuChoice
          label={texts.tenantMenuItems.label}
          value={present}
          onChange={choose}
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
        {isConfined && <p className="max-w-56 px-2 pb-1 text-12 text-text-2">{texts.tenantMenuItems.confined}</p>}
        <MenuSeparator />
        {maySeeTenant && (
          <MenuItem icon={Settings} onSelect={toSettings}>
            {texts.tenantMenuItems.settings}
          </MenuItem>
        )}
        {!isConfined && (
          <MenuItem icon={Plus} onSelect={() => leave(() => setCreating(true))}>
            {texts.tenantMenuItems.create}
          </MenuItem>
        )}
      </Menu>
      {question}
      {creating && <CreateTenantDialog onClose={() => setCreating(false)} />}
    </>
  )
}
