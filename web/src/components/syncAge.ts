import type { Account } from '@/api/types'
import type { Tone } from './ui/Badge'

/** However long an account's interval is, it is late by then. */
const MOST_LATE_S = 600

/** Account states in which nothing new is learned about its network. */
export const isCutOff = ({ status, statusReason }: Account): boolean => status === 'unreachable' || (status === 'paused' && statusReason?.code !== 'paused_by_user')

/** The oldest of the accounts' last syncs: what a list over all of them is as old as. */
export function oldestSync(accounts: readonly Account[]): string | undefined {
  const syncs = accounts.flatMap(({ lastSync }) => (lastSync ? [lastSync] : []))
  return syncs.sort()[0]
}

/** An account is late past two of its intervals, and past ten minutes over a long one: as the API has it. */
function isLate({ lastSync, syncIntervalSeconds }: Account, now: Date): boolean {
  const age = lastSync ? now.getTime() - new Date(lastSync).getTime() : 0
  return age > (syncIntervalSeconds + Math.min(syncIntervalSeconds, MOST_LATE_S)) * 1000
}

/** Amber once an account is late, red once one cannot be read. */
export function ageTone(accounts: readonly Account[], now: Date): Extract<Tone, 'ok' | 'warn' | 'bad'> {
  if (accounts.some(isCutOff)) return 'bad'
  return accounts.some((account) => isLate(account, now)) || accounts.some(({ status }) => status === 'degraded') ? 'warn' : 'ok'
}
