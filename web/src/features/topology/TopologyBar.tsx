import { getRouteApi } from '@tanstack/react-router'
import clsx from 'clsx'
import { ChevronDown, Eye, EyeOff } from 'lucide-react'
import { useCan } from '@/api/client'
import type { Topology } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { ageTone } from '@/components/syncAge'
import { Ago } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { Menu, MenuChoice } from '@/components/ui/Menu'
import { Tabs } from '@/components/ui/Tabs'
import { useEverySecond } from '@/lib/ticker'
import { useAccounts } from '@/queries/accounts'
import { useChange } from './address'

const route = getRouteApi('/frame/topology')

/** One account is drawn at a time: which, and the others, where there are several. */
function AccountChoice({ accountId, name }: { accountId: string; name: string }) {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const chosen = useAccountFilter()
  const change = useChange()
  if (!accounts || accounts.length < 2) return null
  // The header's picker says it too, where there is room for one and an account is chosen.
  return (
    <div className={chosen === undefined ? undefined : 'sm:hidden'}>
      <Menu
        trigger={
          <button type="button" aria-label={`Account shown: ${name}`} className={buttonClass('secondary', 'max-w-44')}>
            <span className="truncate">{name}</span>
            <ChevronDown aria-hidden className="size-3.5 shrink-0 text-text-3" />
          </button>
        }
      >
        <MenuChoice
          label="Account shown"
          value={accountId}
          onChange={(value) => change({ account: value, group: undefined, node: undefined, link: undefined })}
          options={accounts.map(({ id, name: label }) => ({ value: id, label }))}
        />
      </Menu>
    </div>
  )
}

const TONE = { ok: 'text-text-3', warn: 'text-warn-text', bad: 'text-bad-text' }

/** How old what is shown is; the other accounts' syncs are no matter of it. */
export function TopologyAge({ topology, lead }: { topology: Topology; lead?: string }) {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const account = accounts?.find(({ id }) => id === topology.accountId)
  const tone = useEverySecond((now) => (account ? ageTone([account], now) : 'ok'))
  if (!topology.asOf) return null
  return (
    <>
      {lead}
      <span className={clsx('whitespace-nowrap', TONE[tone])}>
        as of <Ago at={topology.asOf} />
      </span>
    </>
  )
}

interface TopologyLeadProps {
  isTable: boolean
  shown: { accountId: string; accountName: string } | undefined
}

/** What stands before the filters of both views. */
export function TopologyLead({ isTable, shown }: TopologyLeadProps) {
  const { offline } = route.useSearch()
  const change = useChange()
  const hides = offline === 'hidden'
  return (
    <>
      <Tabs
        label="View"
        tabs={[
          { label: 'Drawing', isCurrent: !isTable, change: { view: 'drawing', search: undefined, sort: undefined } },
          { label: 'Table', isCurrent: isTable, change: { view: 'table' } },
        ]}
      />
      {shown && <AccountChoice accountId={shown.accountId} name={shown.accountName} />}
      <button
        type="button"
        aria-pressed={hides}
        className={clsx(
          'inline-flex h-8 items-center gap-2 rounded-md border px-3 text-13 whitespace-nowrap touch:h-11',
          hides ? 'border-transparent bg-accent-soft text-accent-text' : 'border-line bg-surface-1 hover:border-line-strong hover:bg-surface-2',
        )}
        onClick={() => change({ offline: hides ? undefined : 'hidden' }, { replace: true })}
      >
        {hides ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
        Hide offline
      </button>
    </>
  )
}
