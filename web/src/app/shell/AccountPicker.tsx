import { ChevronDown } from 'lucide-react'
import { useCan } from '@/api/client'
import { useAccountFilter } from '@/components/accountFilter'
import { buttonClass } from '@/components/ui/Button'
import { OnDemand } from '@/components/ui/OnDemand'
import { useAccounts } from '@/queries/accounts'
import { areMany } from './many'
import { texts } from './texts'

const items = () => import('./AccountPickerItems')
const search = () => import('./AccountSearch')

/** Narrows every page to one account, in the page's address. */
export function AccountPicker() {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const chosen = useAccountFilter()
  if (!accounts || accounts.length === 0) return null
  const name = accounts.find(({ id }) => id === chosen)?.name ?? texts.accountPicker.allAccounts
  return (
    <OnDemand
      {...(areMany(accounts) ? { key: 'search', kind: 'popover', load: search } : { key: 'menu', kind: 'menu', load: items })}
      rest={{ accounts, chosen }}
      trigger={
        <button type="button" aria-label={texts.accountPicker.label({ name })} className={buttonClass('secondary', 'max-w-44')}>
          <span className="truncate">{name}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-text-3" />
        </button>
      }
    />
  )
}
