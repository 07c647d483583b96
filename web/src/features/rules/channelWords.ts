import type { ChannelId, ChannelTest, RuleNotification } from '@/api/types'
import { grouped, listed } from '@/lib/numbers'

/** Where messages of a channel go, as far as it is shown. */
export function whereTo(id: ChannelId, config: RuleNotification): string {
  switch (id) {
    case 'email':
      return listed(config.email?.recipients ?? [])
    case 'webhook': {
      const { webhook } = config
      if (!webhook) return ''
      const headers = Object.keys(webhook.headers)
      return [webhook.url ?? webhook.host, ...(headers.length > 0 ? [`with ${listed(headers)}`] : []), ...(webhook.secretHint ? [`signed with ${webhook.secretHint}`] : [])].join(', ')
    }
    default: {
      const chat = config[id]
      if (!chat) return ''
      const address = chat.webhook ?? chat.host
      return chat.channel ? `${chat.channel} at ${address}` : address
    }
  }
}

/** "180 ms", "2.4 s". */
const took = (milliseconds: number): string => (milliseconds < 1000 ? `${grouped(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`)

/** What came of a test, in words. */
export function outcome({ delivered, status, reason, tookMs }: ChannelTest): string {
  if (!delivered) return `Not delivered: ${reason ?? (status ? `the receiver answered ${status}` : 'there was no answer')}`
  return status ? `Delivered: ${status} in ${took(tookMs)}` : `Delivered in ${took(tookMs)}`
}
