import { ChoicePopover } from '@/components/ui/ChoicePopover'
import { ALL, useChooseAccount } from '@/components/useChooseAccount'
import type { AccountPickerItemsProps } from './AccountPickerItems'
import { texts } from './onDemandTexts'

/** The accounts of somebody who looks after many. */
export default function AccountSearch({ accounts, chosen = ALL, trigger }: AccountPickerItemsProps) {
  const choose = useChooseAccount()
  return (
    <ChoicePopover
      trigger={trigger}
      label={texts.accountChoice.account}
      placeholder={texts.accountChoice.search}
      none={texts.accountChoice.none}
      value={chosen}
      onChange={choose}
      options={[{ value: ALL, label: texts.accountChoice.all }, ...accounts.map(({ id, name: label }) => ({ value: id, label }))]}
    />
  )
}
