import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useCan } from '@/api/client'
import { useAccountFilter } from '@/components/accountFilter'
import { buttonClass } from '@/components/ui/Button'
import { Menu, MenuChoice } from '@/components/ui/Menu'
import { useAccounts } from '@/queries/accounts'

const ALL = ''

/** Narrows every page to one account, in the page's address. */
export function AccountPicker() {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const chosen = useAccountFilter() ?? ALL
  const navigate = useNavigate()
  if (!accounts || accounts.length === 0) return null
  const name = accounts.find(({ id }) => id === chosen)?.name ?? 'All accounts'
  return (
    <Menu
      trigger={
        <button type="button" aria-label={`Account: ${name}`} className={buttonClass('secondary', 'max-w-44')}>
          <span className="truncate">{name}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-text-3" />
        </button>
      }
    >
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
