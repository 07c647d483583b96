import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { ChevronDown, RefreshCw, Shapes } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import { phrase } from '@/lib/phrase'
import { useEverySecond } from '@/lib/ticker'
import { useAccounts } from '@/queries/accounts'
import { useAccountFilter } from './accountFilter'
import { useListAddress, type Change } from './list/address'
import { Empty } from './states'
import { ageTone } from './syncAge'
import { texts as accountTexts } from './texts/accounts'
import { texts } from './texts/network'
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
  const name = shown?.accountName ?? accounts.find((account) => account.id === id)?.name ?? texts.wholeNetwork.oldest
  // The header's picker says it too, where there is room for one and an account is chosen.
  return (
    <div className={chosen === undefined ? undefined : 'sm:hidden'}>
      <Menu
        trigger={
          <button type="button" aria-label={texts.wholeNetwork.choice({ name })} className={buttonClass('secondary', 'max-w-44')}>
            <span className="truncate">{name}</span>
            <ChevronDown aria-hidden className="size-3.5 shrink-0 text-text-3" />
          </button>
        }
      >
        <MenuChoice
          label={texts.wholeNetwork.choiceLabel}
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
        {phrase(accountTexts.dataAge.asOf, { when: <Ago at={asOf} /> })}
      </span>
    </>
  ) : null
}

export function TooLarge({ children }: { children: ReactNode }) {
  return (
    <Empty
      icon={Shapes}
      title={texts.wholeNetwork.tooLarge}
      action={
        <>
          <Link to="/policies" className={buttonClass()}>
            {texts.wholeNetwork.policies}
          </Link>
          <Link to="/networks" className={buttonClass()}>
            {texts.wholeNetwork.networks}
          </Link>
          <Link to="/groups" className={buttonClass()}>
            {texts.wholeNetwork.groups}
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
      title={texts.wholeNetwork.beingRead}
      action={
        <Button icon={RefreshCw} busy={retrying} onClick={onRetry}>
          {texts.wholeNetwork.tryAgain}
        </Button>
      }
    >
      {children}
    </Empty>
  )
}
