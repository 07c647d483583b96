import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import type { Account } from '@/api/types'
import { useAccountsInView } from '@/components/accountFilter'
import { DataAge } from '@/components/DataAge'
import { isCutOff } from '@/components/syncAge'
import { Card } from '@/components/ui/Card'
import { grouped, UNKNOWN } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

const PARTS = [
  { key: 'online', word: texts.parts.online, colour: 'bg-ok' },
  { key: 'unconfirmed', word: texts.parts.unconfirmed, colour: 'bg-warn' },
  { key: 'offline', word: texts.parts.offline, colour: 'bg-bad' },
] as const

function Row({ account }: { account: Account }) {
  const { peers } = account
  const known = Boolean(account.lastSync)
  const told = known ? texts.peersByAccount.told({ online: peers.online, unconfirmed: peers.unconfirmed, offline: peers.offline }) : texts.peersByAccount.notKnownYet
  return (
    <li className="flex items-center gap-4">
      <span className="w-36 shrink-0 truncate text-14 max-sm:w-24" title={account.baseUrl}>
        {account.name}
      </span>
      <span role="img" aria-label={texts.peersByAccount.ofAccount({ name: account.name, told })} className={clsx('flex h-5 flex-1 gap-px overflow-hidden rounded-sm bg-surface-2', (isCutOff(account) || account.status === 'paused') && 'opacity-50')}>
        {known &&
          PARTS.map(({ key, colour }) => peers[key] > 0 && <span key={key} className={clsx('min-w-1', colour)} style={{ flexGrow: peers[key], flexBasis: 0 }} />)}
      </span>
      <Link to="/peers" search={{ account: account.id }} className="w-20 shrink-0 text-right text-13 text-text-3 hover:text-text-1 hover:underline">
        {phrase(texts.peersByAccount.online, { count: known ? `${grouped(peers.online)} / ${grouped(peers.total)}` : UNKNOWN, name: account.name, hidden: (words) => <span className="sr-only">{words}</span> })}
      </Link>
    </li>
  )
}

/** The accounts' peers in proportion. */
export function PeersByAccount() {
  const accounts = useAccountsInView()
  if (accounts.length === 0) return null
  return (
    <Card title={texts.peersByAccount.title} note={<DataAge />}>
      <ul className="flex flex-col gap-3 px-4 pt-1">
        {accounts.map((account) => (
          <Row key={account.id} account={account} />
        ))}
      </ul>
      <ul className="flex flex-wrap gap-4 px-4 py-3 text-12 text-text-3">
        {PARTS.map(({ key, word, colour }) => (
          <li key={key} className="flex items-center gap-1.5">
            <span aria-hidden className={clsx('size-2.5 rounded-xs', colour)} />
            {word}
          </li>
        ))}
      </ul>
    </Card>
  )
}
