import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CloudOff, LoaderCircle, RefreshCw, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { Account } from '@/api/types'
import { useAccountsInView } from '@/components/accountFilter'
import { explainReason } from '@/components/connectionReasons'
import { ageTone, isCutOff, oldestSync } from '@/components/syncAge'
import { AccountMark } from '@/components/status'
import { SyncButton } from '@/components/SyncButton'
import { Ago } from '@/components/Time'
import { SOFT_TONE } from '@/components/ui/Badge'
import { Popover } from '@/components/ui/Popover'
import { ago } from '@/lib/time'
import { useEverySecond } from '@/lib/ticker'

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

const ICON: Record<'ok' | 'warn' | 'bad' | 'info', LucideIcon> = { ok: RefreshCw, warn: TriangleAlert, bad: CloudOff, info: LoaderCircle }

/** How fresh the data is, at a glance; each account on demand. */
export function SyncPill() {
  const [open, setOpen] = useState(false)
  const accounts = useAccountsInView()
  const cutOff = accounts.filter(isCutOff)
  const oldest = oldestSync(accounts)
  const first = accounts.find(({ firstSync }) => firstSync)?.firstSync
  const age = useEverySecond((now) => ageTone(accounts, now))
  const when = useEverySecond((now) => (oldest ? ago(new Date(oldest), now) : ''))
  if (accounts.length === 0) return null

  const tone = first && age !== 'bad' ? 'info' : age
  const Icon = ICON[tone]
  const text =
    cutOff.length > 0
      ? `${cutOff.length === 1 ? cutOff[0]?.name : `${cutOff.length} accounts`} ${cutOff[0]?.status === 'paused' ? 'paused' : 'unreachable'}`
      : first
        ? `First sync ${first.done} of ${first.total}`
        : oldest
          ? `Synced ${when}`
          : 'Waiting for sync'
  return (
    <Popover
      label="Sync of each account"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={`Sync: ${text}`}
          className={clsx('flex h-6 items-center gap-1.5 rounded-full px-2.5 text-12 whitespace-nowrap max-sm:px-1.5 touch:h-9', SOFT_TONE[tone])}
        >
          <Icon aria-hidden className={clsx('size-3.5 shrink-0', tone === 'info' && 'animate-spin')} />
          <span className="max-w-52 truncate max-sm:sr-only">{text}</span>
        </button>
      }
    >
      <h2 className="text-13 font-semibold">Sync</h2>
      <ul className="divide-y divide-line">
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      <Link to="/settings/accounts" className="mt-2 inline-block text-13 text-accent-text hover:underline" onClick={() => setOpen(false)}>
        Account settings
      </Link>
    </Popover>
  )
}
