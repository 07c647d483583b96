import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Account } from '@/api/types'
import { useAccountsInView } from '@/components/accountFilter'
import { explainReason } from '@/components/connectionReasons'
import { AccountMark } from '@/components/status'
import { SyncButton } from '@/components/SyncButton'
import { Ago } from '@/components/Time'
import type { OnDemandProps } from '@/components/ui/OnDemand'
import { Popover } from '@/components/ui/Popover'
import { phrase } from '@/lib/phrase'
import { texts } from './onDemandTexts'

function AccountRow({ account }: { account: Account }) {
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate text-13 font-semibold">{account.name}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-12 text-text-3">
          <AccountMark status={account.status} />
          {account.statusReason ? (
            explainReason(account.statusReason).title
          ) : account.lastSync ? (
            <span>
              {phrase(texts.syncList.synced, { when: <Ago at={account.lastSync} /> })}
            </span>
          ) : null}
        </p>
      </div>
      <SyncButton account={account} />
    </li>
  )
}

/** Each account's sync, on demand. */
export default function SyncList({ trigger }: OnDemandProps) {
  const [open, setOpen] = useState(false)
  const accounts = useAccountsInView()
  return (
    <Popover label={texts.syncList.label} align="end" open={open} onOpenChange={setOpen} trigger={trigger}>
      <h2 className="text-13 font-semibold">{texts.syncList.title}</h2>
      <ul className="divide-y divide-line">
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      <Link to="/settings/accounts" className="mt-2 inline-block text-13 text-accent-text hover:underline" onClick={() => setOpen(false)}>
        {texts.syncList.accountSettings}
      </Link>
    </Popover>
  )
}
