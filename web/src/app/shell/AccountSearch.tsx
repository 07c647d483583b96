import { ChoicePopover } from '@/components/ui/ChoicePopover'
import type { AccountPickerItemsProps } from './AccountPickerItems'
import { texts } from './texts'
import { ALL, useChooseAccount } from './useChooseAccount'

/** The accounts of somebody who looks after many. */
export default function AccountSearch({ accounts, chosen = ALL, trigger }: AccountPickerItemsProps) {
  const choose = useChooseAccount()
  return (
    <ChoicePopover
      trigger={trigger}
      label={texts.account}
      placeholder={texts.searchAccounts}
      none={texts.noAccount}
      value={chosen}
      onChange={choose}
      options={[{ value: ALL, label: texts.allAccounts }, ...accounts.map(({ id, name: label }) => ({ value: id, label }))]}
    />
  )
}
