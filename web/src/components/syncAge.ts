import type { Account } from '@/api/types'
import type { Tone } from './ui/Badge'

const LATE_MS = 120_000

/** Account states in which nothing new is learned about its network. */
export const isCutOff = ({ status, statusReason }: Account): boolean => status === 'unreachable' || (status === 'paused' && statusReason?.code !== 'paused_by_user')

/** The oldest of the accounts' last syncs: what a list over all of them is as old as. */
export function oldestSync(accounts: readonly Account[]): string | undefined {
  const syncs = accounts.flatMap(({ lastSync }) => (lastSync ? [lastSync] : []))
  return syncs.sort()[0]
}

/** Amber past two intervals, red once an account cannot be read. */
export function ageTone(accounts: readonly Account[], now: Date): Extract<Tone, 'ok' | 'warn' | 'bad'> {
  if (accounts.some(isCutOff)) return 'bad'
  const oldest = oldestSync(accounts)
  const late = oldest !== undefined && now.getTime() - new Date(oldest).getTime() > LATE_MS
  return late || accounts.some(({ status }) => status === 'degraded') ? 'warn' : 'ok'
}
