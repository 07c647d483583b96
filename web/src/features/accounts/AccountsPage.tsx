import { Link } from '@tanstack/react-router'
import { Network, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { Account } from '@/api/types'
import { announce } from '@/components/announcements'
import { explainReason } from '@/components/connectionReasons'
import { FormFailure } from '@/components/FormFailure'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded, NotAllowed } from '@/components/states'
import { AccountMark } from '@/components/status'
import { SyncButton } from '@/components/SyncButton'
import { Ago, Clock } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { grouped, plural } from '@/lib/numbers'
import { useAccounts, useDeleteAccount } from '@/queries/accounts'
import { EditAccountDialog } from './EditAccountDialog'

function FirstSync({ progress: { done, total } }: { progress: NonNullable<Account['firstSync']> }) {
  return (
    <div className="mt-3">
      <p className="text-13 text-text-2">
        First sync: {grouped(done)} of {plural(total, 'part')} read
      </p>
      <progress aria-label="First sync" max={total} value={done} className="mt-1 block h-1.5 w-full max-w-sm appearance-none overflow-hidden rounded-full bg-surface-3 accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-surface-3 [&::-webkit-progress-value]:bg-accent" />
    </div>
  )
}

/** What another token mends. */
const MENDED_BY_A_TOKEN = new Set(['token_rejected', 'token_deleted', 'user_blocked', 'permission_denied'])

function Trouble({ reason, onEdit }: { reason: NonNullable<Account['statusReason']>; onEdit: (() => void) | undefined }) {
  const { title, remedy } = explainReason(reason)
  return (
    <div className="mt-3 max-w-2xl rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
      <p className="font-semibold">
        {title}, since <Clock at={reason.since} />
      </p>
      <p className="mt-0.5 text-text-1">{remedy}</p>
      {reason.detail && reason.detail !== remedy && <p className="mt-0.5 text-text-2">{reason.detail}</p>}
      {onEdit && MENDED_BY_A_TOKEN.has(reason.code) && (
        <div className="mt-2">
          <Button onClick={onEdit}>Enter a new token</Button>
        </div>
      )}
    </div>
  )
}

function clockSkew(seconds: number): string {
  const off = Math.abs(seconds)
  const much = off < 120 ? plural(off, 'second') : plural(Math.round(off / 60), 'minute')
  return `${much} ${seconds > 0 ? 'ahead' : 'behind'}`
}

function Facts({ account }: { account: Account }) {
  const { peers } = account
  const facts: [string, React.ReactNode][] = [
    ['Last sync', account.lastSync ? <Ago key="last" at={account.lastSync} /> : 'never'],
    ['Next', account.nextSync ? <Ago key="next" at={account.nextSync} /> : 'not planned'],
    ['Failed in a row', grouped(account.errorCount)],
    ...(account.clockSkewSeconds ? [['Its clock', clockSkew(account.clockSkewSeconds)] satisfies [string, string]] : []),
    ['Peers', account.lastSync ? `${grouped(peers.online)} of ${grouped(peers.total)} online` : 'not known yet'],
  ]
  return (
    <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2 text-13">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="text-12 text-text-3">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function AccountRow({ account, onEdit, onDelete }: { account: Account; onEdit: () => void; onDelete: () => void }) {
  const mayWrite = useCan('accounts:write')
  return (
    <li className="flex flex-wrap items-start gap-4 border-t border-line p-4 first:border-t-0">
      <div className="min-w-0 flex-1 max-sm:w-full max-sm:flex-none">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-16 font-semibold">{account.name}</h2>
          <span className="text-13">
            <AccountMark status={account.status} />
          </span>
        </div>
        <p className="truncate text-13 text-text-3">
          {account.baseUrl}
          {account.domain && ` · ${account.domain}`}
        </p>
        {account.firstSync && <FirstSync progress={account.firstSync} />}
        {account.statusReason && <Trouble reason={account.statusReason} onEdit={mayWrite ? onEdit : undefined} />}
        <Facts account={account} />
      </div>
      <div className="flex gap-2">
        <SyncButton account={account} />
        {mayWrite && (
          <Button icon={Pencil} aria-label={`Edit ${account.name}`} onClick={onEdit}>
            Edit
          </Button>
        )}
        {mayWrite && (
          <Button icon={Trash2} aria-label={`Delete ${account.name}`} onClick={onDelete}>
            Delete
          </Button>
        )}
      </div>
    </li>
  )
}

function DeleteDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const remove = useDeleteAccount()
  return (
    <Dialog
      open
      title={`Delete ${account.name}?`}
      description={`The connection to ${account.baseUrl} ends. ${account.lastSync ? `Its ${plural(account.peers.total, 'peer')}, its` : 'Its'} events and history are deleted with it; its alerts stay, resolved. NetBird itself stays as it is.`}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {remove.error && (
        <FormFailure title={`${account.name} was not deleted`} error={remove.error}>
          {remove.error.message}
        </FormFailure>
      )}
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button
          variant="danger"
          busy={remove.isPending}
          onClick={() =>
            remove.mutate(account.id, {
              onSuccess: () => {
                announce(`Deleted ${account.name}.`)
                onClose()
              },
            })
          }
        >
          Delete {account.name}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function ConnectLink() {
  return useCan('accounts:write') ? (
    <Link to="/settings/accounts/connect" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      Connect an account
    </Link>
  ) : null
}

function Accounts() {
  const query = useAccounts()
  const [editing, setEditing] = useState<Account | null>(null)
  const [deleting, setDeleting] = useState<Account | null>(null)
  return (
    <>
      <div className="mb-4 flex min-h-8 items-center gap-2">
        <p role="status" className="text-13 text-text-3">
          {query.data && plural(query.data.length, 'account')}
        </p>
        <div className="ml-auto">
          <ConnectLink />
        </div>
      </div>
      <Card>
        <Loaded query={query} what="the accounts" skeleton={<SkeletonRows rows={2} className="h-32" />}>
          {(accounts) =>
            accounts.length === 0 ? (
              <Empty icon={Network} title="No account connected" action={<ConnectLink />}>
                Connect NetBird Cloud or your own NetBird server; a token that can only read is enough.
              </Empty>
            ) : (
              <ul aria-label="NetBird accounts">
                {accounts.map((account) => (
                  <AccountRow key={account.id} account={account} onEdit={() => setEditing(account)} onDelete={() => setDeleting(account)} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      {editing && <EditAccountDialog account={editing} onClose={() => setEditing(null)} />}
      {deleting && <DeleteDialog account={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

export function AccountsPage() {
  return useCan('accounts:read') ? <Accounts /> : <NotAllowed what="accounts" permission="accounts:read" />
}
