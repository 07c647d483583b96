import type { Account } from '@/api/types'
import { Menu, MenuChoice } from '@/components/ui/Menu'
import type { OnDemandProps } from '@/components/ui/OnDemand'
import { ALL, useChooseAccount } from '@/components/useChooseAccount'
import { texts } from './onDemandTexts'

export interface AccountPickerItemsProps extends OnDemandProps {
  accounts: readonly Account[]
  chosen: string | undefined
}

export default function AccountPickerItems({ accounts, chosen = ALL, trigger }: AccountPickerItemsProps) {
  const choose = useChooseAccount()
  return (
    <Menu trigger={trigger}>
      <MenuChoice label={texts.accountChoice.account} value={chosen} onChange={choose} options={[{ value: ALL, label: texts.accountChoice.all }, ...accounts.map(({ id, name: label }) => ({ value: id, label }))]} />
    </Menu>
  )
}
