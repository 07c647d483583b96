import { useNavigate } from '@tanstack/react-router'
import type { Account } from '@/api/types'
import { Menu, MenuChoice } from '@/components/ui/Menu'
import type { OnDemandProps } from '@/components/ui/OnDemand'

const ALL = ''

interface AccountPickerItemsProps extends OnDemandProps {
  accounts: readonly Account[]
  chosen: string | undefined
}

export default function AccountPickerItems({ accounts, chosen = ALL, trigger }: AccountPickerItemsProps) {
  const navigate = useNavigate()
  return (
    <Menu trigger={trigger}>
      <MenuChoice
        label="Account"
        value={chosen}
        onChange={(value) =>
          void navigate({ to: '.', search: (before) => ({ ...before, account: value === ALL ? undefined : value }) } as Parameters<typeof navigate>[0])
        }
        options={[{ value: ALL, label: 'All accounts' }, ...accounts.map(({ id, name: label }) => ({ value: id, label }))]}
      />
    </Menu>
  )
}
