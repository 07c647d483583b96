import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { ChevronDown, RefreshCw, Shapes } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import { useEverySecond } from '@/lib/ticker'
import { useAccounts } from '@/queries/accounts'
import { useAccountFilter } from './accountFilter'
import { useListAddress, type Change } from './list/address'
import { Empty } from './states'
import { ageTone } from './syncAge'
import { Ago } from './Time'
import { Button, buttonClass } from './ui/Button'
import { Menu, MenuChoice } from './ui/Menu'

/** What pages share that judge one account's network as a whole. */

export interface Shown {
  accountId: string
  accountName: string
  asOf?: string | null
}

const NOTHING = {}

/** Which account is looked at, and the others, where there are several; without an answer, too, as another account may have one. What `also` names of the address is another account's no more. */
export function AccountChoice({ shown, also }: { shown: Shown | undefined; also?: Change }) {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const chosen = useAccountFilter()
  const { set } = useListAddress(NOTHING)
  if (!accounts || accounts.length < 2) return null
  const id = shown?.accountId ?? chosen
  const name = shown?.accountName ?? accounts.find((account) => account.id === id)?.name ?? 'Oldest account'
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
          value={id ?? ''}
          onChange={(value) => set({ ...also, account: value })}
          options={accounts.map((account) => ({ value: account.id, label: account.name }))}
        />
      </Menu>
    </div>
  )
}

const TONE = { ok: 'text-text-3', warn: 'text-warn-text', bad: 'text-bad-text' }

/** How old what is shown is; the other accounts' syncs are no matter of it. */
export function AccountAge({ shown: { accountId, asOf }, lead, className = 'text-13' }: { shown: Shown; lead?: string; className?: string }) {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const account = accounts?.find(({ id }) => id === accountId)
  const tone = useEverySecond((now) => (account ? ageTone([account], now) : 'ok'))
  return asOf ? (
    <>
      {lead}
      <span className={clsx('whitespace-nowrap', className, TONE[tone])}>
        as of <Ago at={asOf} />
      </span>
    </>
  ) : null
}

export function TooLarge({ children }: { children: ReactNode }) {
  return (
    <Empty
      icon={Shapes}
      title="This network is too large to be judged as a whole"
      action={
        <>
          <Link to="/policies" className={buttonClass()}>
            Policies
          </Link>
          <Link to="/networks" className={buttonClass()}>
            Networks
          </Link>
          <Link to="/groups" className={buttonClass()}>
            Groups
          </Link>
        </>
      }
    >
      {children}
    </Empty>
  )
}

export function BeingRead({ retrying, onRetry, children }: { retrying: boolean; onRetry: () => void; children: ReactNode }) {
  return (
    <Empty
      icon={RefreshCw}
      title="The network is being read anew"
      action={
        <Button icon={RefreshCw} busy={retrying} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {children}
    </Empty>
  )
}
