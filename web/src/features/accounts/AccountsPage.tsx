import { Link } from '@tanstack/react-router'
import { CirclePause, CirclePlay, History, Network, Pencil, Plus, Settings2, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useCan } from '@/api/client'
import type { Account } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { explainReason } from '@/components/connectionReasons'
import { FormFailure } from '@/components/FormFailure'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { Empty, NotAllowed } from '@/components/states'
import { AccountMark, accountStatusWord } from '@/components/status'
import { SyncButton } from '@/components/SyncButton'
import { Ago, Clock } from '@/components/Time'
import { Button, buttonClass, IconButton, iconButtonClass } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { useAccounts, useDeleteAccount, useHoldAccount } from '@/queries/accounts'
import { EditAccountDialog } from './EditAccountDialog'
import { gapsInWords, hasGaps, listTitles } from './gaps'
import { texts } from './texts'

function FirstSync({ progress: { done, total } }: { progress: NonNullable<Account['firstSync']> }) {
  return (
    <div>
      <p className="text-13 text-text-2">{texts.list.firstSyncParts({ done, total })}</p>
      <progress aria-label={texts.list.firstSync} max={total} value={done} className="mt-1 block h-1.5 w-full max-w-sm appearance-none overflow-hidden rounded-full bg-surface-3 accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-surface-3 [&::-webkit-progress-value]:bg-accent" />
    </div>
  )
}

/** What another token mends. */
const MENDED_BY_A_TOKEN = new Set(['token_rejected', 'token_deleted', 'user_blocked', 'permission_denied'])

function Trouble({ reason, onEdit }: { reason: NonNullable<Account['statusReason']>; onEdit: (() => void) | undefined }) {
  const { title, remedy } = explainReason(reason)
  return (
    <div className="max-w-2xl rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
      <p className="font-semibold">{phrase(texts.list.troubleSince, { trouble: title, since: <Clock at={reason.since} /> })}</p>
      <p className="mt-0.5 text-text-1">{remedy}</p>
      {reason.detail && reason.detail !== remedy && <p className="mt-0.5 text-text-2">{reason.detail}</p>}
      {onEdit && MENDED_BY_A_TOKEN.has(reason.code) && (
        <div className="mt-2">
          <Button onClick={onEdit}>{texts.list.newToken}</Button>
        </div>
      )}
    </div>
  )
}

function Gaps({ account }: { account: Account }) {
  return gapsInWords(account).map((gap) => (
    <p key={gap} className="text-text-2">
      {gap}
    </p>
  ))
}

const everyInWords = (seconds: number): string => texts.interval.every({ minutes: seconds / 60 })

const clockSkew = (seconds: number): string => (seconds > 0 ? texts.list.clockAhead({ seconds }) : texts.list.clockBehind({ seconds: -seconds }))

interface May {
  mayWrite: boolean
  mayReadNetwork: boolean
}

interface Acts {
  onEdit: (account: Account) => void
  onDelete: (account: Account) => void
  onPause: (account: Account) => void
  onResume: (account: Account) => void
}

/** What is under way, or wrong, below an account's row. */
const detailOf = (account: Account, onEdit: Acts['onEdit'] | undefined) =>
  account.firstSync || account.statusReason || hasGaps(account) ? (
    <>
      {account.firstSync && <FirstSync progress={account.firstSync} />}
      {account.statusReason && <Trouble reason={account.statusReason} onEdit={onEdit && (() => onEdit(account))} />}
      <Gaps account={account} />
    </>
  ) : null

const accountList = ({ mayWrite, mayReadNetwork }: May, { onEdit, onDelete, onPause, onResume }: Acts): ListDefinition<Account> => ({
  id: 'accounts',
  label: texts.list.label,
  one: texts.list.one,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    title: texts.name,
    sort: 'name',
    by: ({ name }) => name,
    fewest: 24,
    text: ({ name }) => name,
    cell: ({ name }) => <span className="font-semibold">{name}</span>,
    below: ({ baseUrl, domain }) => (domain ? texts.list.addressAndDomain({ address: baseUrl, domain }) : baseUrl),
  },
  columns: [
    { id: 'status', title: texts.list.status, width: 130, priority: 10, sort: 'status', card: 'beside', by: ({ status }) => URGENCY.indexOf(status), text: ({ status }) => accountStatusWord(status), cell: ({ status }) => <AccountMark status={status} /> },
    { id: 'last', title: texts.list.last, width: 116, priority: 9, sort: 'last', newestFirst: true, card: 'below', labelled: true, by: ({ lastSync }) => lastSync ?? '', text: ({ lastSync }) => lastSync ?? '', cell: ({ lastSync }) => (lastSync ? <Ago at={lastSync} /> : texts.list.never) },
    { id: 'next', title: texts.list.next, width: 100, priority: 5, card: 'below', labelled: true, text: ({ nextSync }) => nextSync ?? '', cell: ({ nextSync }) => (nextSync ? <Ago at={nextSync} /> : texts.list.notPlanned) },
    { id: 'interval', title: texts.list.interval, width: 130, priority: 3, sort: 'interval', card: 'below', by: ({ syncIntervalSeconds }) => syncIntervalSeconds, text: ({ syncIntervalSeconds }) => everyInWords(syncIntervalSeconds), cell: ({ syncIntervalSeconds }) => everyInWords(syncIntervalSeconds) },
    {
      id: 'peers',
      title: texts.list.peers,
      width: 120,
      priority: 8,
      sort: 'peers',
      newestFirst: true,
      card: 'below',
      labelled: true,
      by: ({ peers }) => peers.total,
      text: ({ lastSync, peers }) => (lastSync ? `${peers.online}/${peers.total}` : ''),
      cell: ({ lastSync, peers }) => (lastSync ? texts.list.peersOnline(peers) : texts.list.notKnown),
    },
    { id: 'failed', title: texts.list.failed, width: 116, priority: 6, sort: 'failed', newestFirst: true, card: 'below', labelled: true, by: ({ errorCount }) => errorCount, text: ({ errorCount }) => String(errorCount), cell: ({ errorCount }) => grouped(errorCount) },
    { id: 'clock', title: texts.list.clock, width: 150, priority: 4, text: ({ clockSkewSeconds }) => (clockSkewSeconds ? clockSkew(clockSkewSeconds) : ''), cell: ({ clockSkewSeconds }) => (clockSkewSeconds ? clockSkew(clockSkewSeconds) : <span className="text-text-3">{texts.list.clockRight}</span>) },
  ],
  more: [
    { title: texts.list.address, text: ({ baseUrl }) => baseUrl },
    { title: texts.list.notGiven, text: ({ notOffered }) => listTitles(notOffered).join(', ') },
    { title: texts.list.notReadable, text: ({ notReadable }) => listTitles(notReadable).join(', ') },
    { title: texts.list.trouble, text: ({ statusReason }) => (statusReason ? explainReason(statusReason).title : '') },
  ],
  filters: [{ id: 'status', title: texts.list.status, several: true, of: ({ status }) => [status], word: (status) => accountStatusWord(status as Account['status']) }],
  searches: texts.list.searches,
  detail: (account) => detailOf(account, mayWrite ? onEdit : undefined),
  actions: {
    width: mayWrite ? 326 : 212,
    card: 'below',
    cell: (account) => (
      <>
        <SyncButton account={account} />
        <Link to="/settings/accounts/$accountId/syncs" params={{ accountId: account.id }} aria-label={texts.list.syncLog(account)} title={texts.list.syncLog(account)} className={iconButtonClass()}>
          <History aria-hidden className="size-4" />
        </Link>
        {mayReadNetwork && (
          <Link to="/settings/accounts/$accountId/network" params={{ accountId: account.id }} aria-label={texts.list.settings(account)} title={texts.list.settings(account)} className={iconButtonClass()}>
            <Settings2 aria-hidden className="size-4" />
          </Link>
        )}
        {mayWrite && (account.status === 'paused' ? <IconButton icon={CirclePlay} label={texts.list.resume(account)} onClick={() => onResume(account)} /> : <IconButton icon={CirclePause} label={texts.list.pause(account)} onClick={() => onPause(account)} />)}
        {mayWrite && <IconButton icon={Pencil} label={texts.list.edit(account)} onClick={() => onEdit(account)} />}
        {mayWrite && <IconButton icon={Trash2} label={texts.list.delete(account)} onClick={() => onDelete(account)} />}
      </>
    ),
  },
})

/** The worst first. */
const URGENCY: readonly Account['status'][] = ['paused', 'unreachable', 'degraded', 'pending', 'syncing', 'healthy']

function DeleteDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const remove = useDeleteAccount()
  return (
    <Dialog
      open
      title={texts.deletion.ask(account)}
      description={texts.deletion.about({ address: account.baseUrl, peers: account.lastSync ? account.peers.total : undefined })}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {remove.error && (
        <FormFailure title={texts.deletion.failed(account)} error={remove.error}>
          {remove.error.message}
        </FormFailure>
      )}
      <DialogActions>
        <Button onClick={onClose}>{texts.deletion.keep}</Button>
        <Button
          variant="danger"
          busy={remove.isPending}
          onClick={() =>
            remove.mutate(account.id, {
              onSuccess: () => {
                announce(texts.deletion.done(account))
                onClose()
              },
            })
          }
        >
          {texts.list.delete(account)}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function PauseDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  return (
    <ConfirmDialog
      title={texts.pausing.ask(account)}
      description={texts.pausing.about}
      action={texts.list.pause(account)}
      failed={texts.pausing.failed(account)}
      mutation={useHoldAccount()}
      request={{ id: account.id, hold: 'pause' as const }}
      onDone={() => announce(texts.pausing.done(account))}
      onClose={onClose}
    />
  )
}

function ConnectLink() {
  return useCan('accounts:write') ? (
    <Link to="/settings/accounts/connect" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      {texts.list.connect}
    </Link>
  ) : null
}

function Accounts() {
  const mayWrite = useCan('accounts:write')
  const mayReadNetwork = useCan('netbird:read')
  const [editing, setEditing] = useState<Account | null>(null)
  const [deleting, setDeleting] = useState<Account | null>(null)
  const [pausing, setPausing] = useState<Account | null>(null)
  const { mutate: hold } = useHoldAccount()
  const definition = useMemo(() => {
    const onResume = ({ id, name }: Account) => hold({ id, hold: 'resume' }, { onSuccess: () => announce(texts.list.resumed({ name })), onError: announceFailure })
    return accountList({ mayWrite, mayReadNetwork }, { onEdit: setEditing, onDelete: setDeleting, onPause: setPausing, onResume })
  }, [mayWrite, mayReadNetwork, hold])
  const list = useWholeList(useAccounts(), definition)
  return (
    <>
      <List
        definition={definition}
        list={list}
        action={<ConnectLink />}
        empty={
          <Empty icon={Network} title={texts.list.empty} action={<ConnectLink />}>
            {texts.list.whyEmpty}
          </Empty>
        }
      />
      {editing && <EditAccountDialog account={editing} onClose={() => setEditing(null)} />}
      {pausing && <PauseDialog account={pausing} onClose={() => setPausing(null)} />}
      {deleting && <DeleteDialog account={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

export function AccountsPage() {
  return useCan('accounts:read') ? <Accounts /> : <NotAllowed what={texts.what} permission="accounts:read" />
}
