import type { ChannelTest } from '@/api/types'
import { grouped } from '@/lib/numbers'

/** "180 ms", "2.4 s". */
const took = (milliseconds: number): string => (milliseconds < 1000 ? `${grouped(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`)

/** What came of a test, in words. */
export function outcome({ delivered, status, reason, tookMs }: ChannelTest): string {
  if (!delivered) return `Not delivered: ${reason ?? (status ? `the receiver answered ${status}` : 'there was no answer')}`
  return status ? `Delivered: ${status} in ${took(tookMs)}` : `Delivered in ${took(tookMs)}`
}
