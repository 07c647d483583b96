import type { ChannelTest } from '@/api/types'
import { took } from '@/lib/time'
import { texts } from './texts/channels'

/** What came of a test, in words. */
export function outcome({ delivered, status, reason, tookMs }: ChannelTest): string {
  if (!delivered) return texts.channelTestButton.notDelivered({ why: reason ?? (status ? texts.channelTestButton.answered({ status }) : texts.channelTestButton.noAnswer) })
  return texts.channelTestButton.delivered({ status, took: took(tookMs) })
}
