import { Plus, Settings } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import { roleWord } from '@/components/roles'
import { ChoicePopover } from '@/components/ui/ChoicePopover'
import { part } from '@/components/ui/part'
import type { TenantMenuItemsProps } from './TenantMenuItems'
import { texts } from './onDemandTexts'
import { useTenants } from './useTenants'

const CreateTenantDialog = part(() => import('@/features/tenant/CreateTenantDialog'), { close: ({ onClose }) => onClose() })

/** The tenants of somebody who is in many. */
export default function TenantSearch({ onNavigate, trigger }: TenantMenuItemsProps) {
  const [creating, setCreating] = useState(false)
  const maySeeTenant = useCan('tenant:read')
  const { present, tenants, choose, toSettings, leave, question } = useTenants(onNavigate)
  return (
    <>
      <ChoicePopover
        trigger={trigger}
        label={texts.tenantMenuItems.label}
        placeholder={texts.tenantMenuItems.search}
        none={texts.tenantMenuItems.none}
        value={present}
        onChange={choose}
        options={tenants.map(({ id, name, role }) => ({ value: id, label: name, note: roleWord(role) }))}
        actions={[
          ...(maySeeTenant ? [{ label: texts.tenantMenuItems.settings, icon: Settings, onSelect: toSettings }] : []),
          { label: texts.tenantMenuItems.create, icon: Plus, onSelect: () => leave(() => setCreating(true)) },
        ]}
      />
      {question}
      {creating && <CreateTenantDialog onClose={() => setCreating(false)} />}
    </>
  )
}
