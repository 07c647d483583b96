import clsx from 'clsx'
import { ChevronsUpDown } from 'lucide-react'
import { useCan, useUser } from '@/api/client'
import { roleWord } from '@/components/roles'
import { OnDemand } from '@/components/ui/OnDemand'
import { phrase } from '@/lib/phrase'
import { useAccounts } from '@/queries/accounts'
import { areMany } from './many'
import { texts } from './texts'

const items = () => import('./TenantMenuItems')
const search = () => import('./TenantSearch')

interface TenantMenuProps {
  collapsed: boolean
  onNavigate: (() => void) | undefined
}

/** Which tenant is on screen, and the way to another. */
export function TenantMenu({ collapsed, onNavigate }: TenantMenuProps) {
  const user = useUser()
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const facts = [accounts && texts.tenantMenu.accounts({ count: accounts.length }), roleWord(user.role)].filter(Boolean).join(' · ')
  return (
    <OnDemand
      // Single sign-on opens one of them alone.
      {...(user.signInMethod !== 'sso' && areMany(user.tenants) ? { key: 'search', kind: 'popover', load: search } : { key: 'menu', kind: 'menu', load: items })}
      rest={{ onNavigate }}
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
            {phrase(texts.tenantMenu.tenant, {
              hidden: (words) => <span className="sr-only">{words}</span>,
              name: <span className="block truncate text-14 font-semibold">{user.tenantName}</span>,
            })}
            <span className="block truncate text-12 text-text-3">{facts}</span>
          </span>
          {!collapsed && <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-text-3" />}
        </button>
      }
    />
  )
}
