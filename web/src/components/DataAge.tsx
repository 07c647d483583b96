import clsx from 'clsx'
import { useCan } from '@/api/client'
import { phrase } from '@/lib/phrase'
import { useEverySecond } from '@/lib/ticker'
import { useAccounts } from '@/queries/accounts'
import { useAccountsInView } from './accountFilter'
import { ageTone, oldestSync } from './syncAge'
import { texts } from './texts/accounts'
import { Ago } from './Time'

const TONE = { ok: 'text-text-3', warn: 'text-warn-text', bad: 'text-bad-text' }

/** "as of 12 s ago": how old what NetBird told is, or that nobody can say; after `lead`, if there is anything to be of an age. */
export function DataAge({ lead }: { lead?: string }) {
  const accounts = useAccountsInView()
  const { data, isError } = useAccounts(useCan('accounts:read'))
  const tone = useEverySecond((now) => ageTone(accounts, now))
  const oldest = oldestSync(accounts)
  if (data === undefined && isError) {
    return (
      <>
        {lead}
        <span className={TONE.warn}>{texts.dataAge.unknown}</span>
      </>
    )
  }
  if (!oldest) return null
  return (
    <>
      {lead}
      <span className={clsx('whitespace-nowrap', TONE[tone])}>
        {phrase(texts.dataAge.asOf, { when: <Ago at={oldest} /> })}
      </span>
    </>
  )
}
