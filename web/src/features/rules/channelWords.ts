import type { RuleNotification } from '@/api/types'
import type { ChannelId } from '@/components/channels'
import { listed } from '@/lib/numbers'
import { texts } from './texts'

/** Whether the platform switched it off, since its receiver takes nothing any more. */
export const hasStopped = (config: RuleNotification, id: ChannelId): boolean => id !== 'email' && config[id]?.off != null

/** Where messages of a channel go, as far as it is shown. */
export function whereTo(id: ChannelId, config: RuleNotification): string {
  switch (id) {
    case 'email':
      return listed(config.email?.recipients ?? [])
    case 'webhook': {
      const { webhook } = config
      if (!webhook) return ''
      const headers = Object.keys(webhook.headers)
      return [webhook.url ?? webhook.host, ...(headers.length > 0 ? [texts.whereTo.with({ headers })] : []), ...(webhook.secretHint ? [texts.whereTo.signedWith({ secretHint: webhook.secretHint })] : [])].join(', ')
    }
    default: {
      const chat = config[id]
      if (!chat) return ''
      const address = chat.webhook ?? chat.host
      return chat.channel ? texts.whereTo.at({ channel: chat.channel, address }) : address
    }
  }
}
