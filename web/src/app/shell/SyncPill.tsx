import clsx from 'clsx'
import { CloudOff, LoaderCircle, RefreshCw, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useCan } from '@/api/client'
import { useConnection } from '@/api/connection'
import type { Account } from '@/api/types'
import { useAccountsInView } from '@/components/accountFilter'
import { ageTone, isCutOff, oldestSync } from '@/components/syncAge'
import { SOFT_TONE, type Tone } from '@/components/ui/Badge'
import { OnDemand } from '@/components/ui/OnDemand'
import { ago } from '@/lib/time'
import { useEverySecond } from '@/lib/ticker'
import { useAccounts } from '@/queries/accounts'
import { texts } from './texts'

const list = () => import('./SyncList')

interface Look {
  tone: Tone
  icon: LucideIcon
  text: string
}

const ICON = { ok: RefreshCw, warn: TriangleAlert, bad: CloudOff } as const

function look(accounts: readonly Account[], age: 'ok' | 'warn' | 'bad', when: string): Look {
  const [cutOff, ...others] = accounts.filter(isCutOff)
  const first = accounts.find(({ firstSync }) => firstSync)?.firstSync
  if (cutOff) {
    const which = others.length === 0 ? cutOff.name : texts.sync.several({ count: others.length + 1 })
    return { tone: 'bad', icon: CloudOff, text: (cutOff.status === 'paused' ? texts.sync.paused : texts.sync.unreachable)({ which }) }
  }
  if (first) return { tone: 'info', icon: LoaderCircle, text: texts.sync.firstSync({ done: first.done, total: first.total }) }
  return { tone: age, icon: ICON[age], text: when === '' ? texts.sync.waiting : texts.sync.synced({ when }) }
}

/** How fresh the data is, at a glance; each account on demand. */
export function SyncPill() {
  const accounts = useAccountsInView()
  const { isError } = useAccounts(useCan('accounts:read'))
  const connected = useConnection().lostAt === null
  const oldest = oldestSync(accounts)
  const age = useEverySecond((now) => ageTone(accounts, now))
  const when = useEverySecond((now) => (oldest ? ago(new Date(oldest), now) : ''))
  if (accounts.length === 0 && !isError) return null

  // What is not known is said, not left out.
  const { tone, icon: Icon, text }: Look = !connected
    ? { tone: 'muted', icon: CloudOff, text: texts.sync.notConnected }
    : isError
      ? { tone: 'muted', icon: CloudOff, text: texts.sync.unknown }
      : look(accounts, age, when)
  return (
    <OnDemand
      kind="popover"
      load={list}
      rest={{}}
      trigger={
        <button
          type="button"
          aria-label={texts.sync.label({ text })}
          className={clsx('flex h-6 items-center gap-1.5 rounded-full px-2.5 text-12 whitespace-nowrap max-sm:px-1.5 touch:h-9', SOFT_TONE[tone])}
        >
          <Icon aria-hidden className={clsx('size-3.5 shrink-0', tone === 'info' && 'animate-spin')} />
          <span className="max-w-52 truncate max-sm:sr-only">{text}</span>
        </button>
      }
    />
  )
}
