import clsx from 'clsx'
import { useEverySecond } from '@/lib/ticker'
import { useAccountsInView } from './accountFilter'
import { ageTone, oldestSync } from './syncAge'
import { Ago } from './Time'

const TONE = { ok: 'text-text-3', warn: 'text-warn-text', bad: 'text-bad-text' }

/** "as of 12 s ago": how old what NetBird told is; after `lead`, if anything is known at all. */
export function DataAge({ lead }: { lead?: string }) {
  const accounts = useAccountsInView()
  const tone = useEverySecond((now) => ageTone(accounts, now))
  const oldest = oldestSync(accounts)
  if (!oldest) return null
  return (
    <>
      {lead}
      <span className={clsx('whitespace-nowrap', TONE[tone])}>
        as of <Ago at={oldest} />
      </span>
    </>
  )
}
