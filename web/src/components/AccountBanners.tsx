import { Link } from '@tanstack/react-router'
import { LoaderCircle, TriangleAlert, Unplug } from 'lucide-react'
import clsx from 'clsx'
import { useCan } from '@/api/client'
import type { Account, StatusCode } from '@/api/types'
import { phrase } from '@/lib/phrase'
import { useAccounts } from '@/queries/accounts'
import { useAccountsInView } from './accountFilter'
import { explainReason } from './connectionReasons'
import { isCutOff } from './syncAge'
import { texts } from './texts/accounts'
import { Ago } from './Time'

function Trouble({ account }: { account: Account }) {
  const cutOff = isCutOff(account)
  const Icon = cutOff ? Unplug : TriangleAlert
  const reason = account.statusReason
  const explanation = reason && explainReason(reason)
  return (
    <div
      role="status"
      className={clsx(
        'flex items-start gap-x-3 gap-y-1 rounded-lg border border-line px-4 py-3 text-13 max-sm:flex-wrap',
        cutOff ? 'bg-bad-soft text-bad-text' : 'bg-warn-soft text-warn-text',
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-1.75rem)]">
        <p className="font-semibold">
          {(account.status === 'paused' && account.statusReason?.code !== 'paused_by_user' ? texts.accountBanners.titlePaused : texts.accountBanners.title)({
            account: account.name,
            what: explanation?.title ?? (cutOff ? texts.accountBanners.unreadable : texts.accountBanners.degraded),
          })}
        </p>
        <p className="mt-0.5 text-text-1">
          {account.lastSync ? phrase(texts.accountBanners.peersAsOf, { when: <Ago at={account.lastSync} /> }) : texts.accountBanners.nothingKnown}{' '}
          {explanation?.remedy}
        </p>
      </div>
      <Link to="/settings/accounts" className="shrink-0 underline max-sm:ml-7 underline-offset-2 hover:no-underline">
        {texts.accountBanners.settings}
      </Link>
    </div>
  )
}

/** That nothing is known to be wrong is not that nothing is. */
const Unknown = () => (
  <p role="status" className="mb-4 flex items-start gap-3 rounded-lg border border-line bg-warn-soft px-4 py-3 text-13 text-warn-text">
    <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
    {texts.accountBanners.notKnown}
  </p>
)

function FirstSync({ account }: { account: Account }) {
  const progress = account.firstSync
  const name = <strong>{account.name}</strong>
  return (
    <div role="status" className="flex items-center gap-3 rounded-lg border border-line bg-info-soft px-4 py-3 text-13 text-info-text">
      <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
      <p>
        {progress
          ? phrase(texts.accountBanners.firstSync, { account: name, done: progress.done, total: progress.total })
          : phrase(texts.accountBanners.firstSyncSoon, { account: name })}
      </p>
    </div>
  )
}

/** What is on screen is not what NetBird would say now, though it answers. */
const BEHIND: ReadonlySet<StatusCode> = new Set(['implausible_answer', 'not_synced', 'too_many_rows'])

const isBehind = ({ statusReason }: Account): boolean => statusReason !== null && statusReason !== undefined && BEHIND.has(statusReason.code)

/** Whatever is wrong, or not complete, about the accounts this page shows. */
export function AccountBanners() {
  const accounts = useAccountsInView()
  const { data, isError } = useAccounts(useCan('accounts:read'))
  if (data === undefined && isError) return <Unknown />
  const troubled = accounts.filter((account) => isCutOff(account) || isBehind(account))
  const fresh = accounts.filter((account) => !isCutOff(account) && (Boolean(account.firstSync) || account.status === 'pending'))
  if (troubled.length + fresh.length === 0) return null
  return (
    <div className="mb-4 flex flex-col gap-2">
      {troubled.map((account) => (
        <Trouble key={account.id} account={account} />
      ))}
      {fresh.map((account) => (
        <FirstSync key={account.id} account={account} />
      ))}
    </div>
  )
}
