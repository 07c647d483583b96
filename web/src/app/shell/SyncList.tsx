import { Link } from '@tanstack/react-router'
import type { Account } from '@/api/types'
import { useAccountsInView } from '@/components/accountFilter'
import { explainReason } from '@/components/connectionReasons'
import { AccountMark } from '@/components/status'
import { SyncButton } from '@/components/SyncButton'
import { Ago } from '@/components/Time'

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
              synced <Ago at={account.lastSync} />
            </span>
          ) : null}
        </p>
      </div>
      <SyncButton account={account} />
    </li>
  )
}

/** Each account's sync, on demand. */
export default function SyncList({ onLeave }: { onLeave: () => void }) {
  return (
    <>
      <h2 className="text-13 font-semibold">Sync</h2>
      <ul className="divide-y divide-line">
        {useAccountsInView().map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      <Link to="/settings/accounts" className="mt-2 inline-block text-13 text-accent-text hover:underline" onClick={onLeave}>
        Account settings
      </Link>
    </>
  )
}
