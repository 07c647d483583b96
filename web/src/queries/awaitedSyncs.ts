import type { Account } from '@/api/types'
import { MINUTE } from './client'

/** A sync that did not end by then is told by the next refresh, as any other. */
const LONGEST_MS = 2 * MINUTE

type Attempts = Pick<Account, 'id' | 'lastAttempt' | 'lastSync'>

const momentOf = ({ lastAttempt, lastSync }: Attempts): string => `${lastAttempt ?? ''} ${lastSync ?? ''}`

/** The accounts that somebody had synced on this page, and how they stood then. */
const awaited = new Map<string, { before: string; until: number }>()

export function awaitSync(account: Attempts): void {
  awaited.set(account.id, { before: momentOf(account), until: Date.now() + LONGEST_MS })
}

/** Whether any of these accounts is to be looked at closely, because a sync that was asked for has not ended. */
export const isAnyAwaited = (accounts: readonly Attempts[]): boolean =>
  accounts.some((account) => {
    const waits = awaited.get(account.id)
    return waits?.before === momentOf(account) && Date.now() < waits.until
  })

/** Takes note of what ended, and says whether anything did. */
export function noteEnded(accounts: readonly Attempts[]): boolean {
  const ended = accounts.filter((account) => {
    const waits = awaited.get(account.id)
    return waits !== undefined && waits.before !== momentOf(account)
  })
  for (const { id } of ended) awaited.delete(id)
  return ended.length > 0
}
