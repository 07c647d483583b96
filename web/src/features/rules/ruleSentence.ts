import { CHANNELS } from '@/components/channels'
import { CHATS } from './channelDraft'
import { BLANK } from './conditions/words'
import { texts } from './formTexts'
import type { RuleDraft } from './ruleDraft'

const RECIPIENTS_NAMED = 2

interface Named {
  id: string
  name: string
}

function recipients(addresses: readonly string[]): string {
  const rest = addresses.length - RECIPIENTS_NAMED
  return rest > 0 ? texts.recipientsTold.more({ named: addresses.slice(0, RECIPIENTS_NAMED), count: rest }) : addresses.join(', ')
}

/** Who is told, in a sentence; undefined if nobody is. */
export function audienceSentence(draft: RuleDraft, channels: readonly Named[] = []): string | undefined {
  const { email, webhook, kept } = draft
  const told: string[] = []
  if (email?.enabled && email.recipients.length > 0) told.push(recipients(email.recipients))
  if (webhook?.enabled) {
    const host = URL.parse(webhook.url.trim())?.hostname ?? kept.webhook?.address.split('…')[0]
    told.push(texts.audience.webhookAt({ host: host || BLANK }))
  }
  for (const id of CHATS) {
    const chat = draft[id]
    const channel = chat?.channel.trim()
    if (chat?.enabled) told.push(channel ? texts.audience.in({ title: CHANNELS[id].title, channel }) : CHANNELS[id].title)
  }
  for (const id of draft.channelIds) told.push(channels.find((channel) => channel.id === id)?.name ?? BLANK)
  return told.length > 0 ? texts.audience.tell({ told }) : undefined
}
