import type { ChannelTest } from '@/api/types'
import { took } from '@/lib/time'

/** What came of a test, in words. */
export function outcome({ delivered, status, reason, tookMs }: ChannelTest): string {
  if (!delivered) return `Not delivered: ${reason ?? (status ? `the receiver answered ${status}` : 'there was no answer')}`
  return status ? `Delivered: ${status} in ${took(tookMs)}` : `Delivered in ${took(tookMs)}`
}
