import { CHANNELS } from '@/components/channels'
import { CHATS } from './channelDraft'
import { kindOf } from './conditions/conditions'
import { BLANK, lasting, minutes } from './conditions/words'
import { texts } from './formTexts'
import type { RuleDraft } from './ruleDraft'

const RECIPIENTS_NAMED = 2

interface Named {
  id: string
  name: string
}

function recipients(addresses: readonly string[]): string {
  const rest = addresses.length - RECIPIENTS_NAMED
  const named = addresses.slice(0, RECIPIENTS_NAMED).join(', ')
  return rest > 0 ? texts.recipientsTold.more({ named, rest }) : named
}

function audience(draft: RuleDraft, channels: readonly Named[]): string {
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
  return told.length > 0 ? texts.audience.tell({ told }) : texts.audience.openAlert
}

/** The rule in one sentence as far as it is written, in the words that the API will say it in. */
export function ruleSentence(draft: RuleDraft, channels: readonly Named[] = []): string {
  const wait = minutes(draft.forMinutes)
  const holds = wait === 0 ? '' : texts.ruleSentence.staysSoFor({ lasting: lasting(wait) })
  return texts.ruleSentence.when({ clause: kindOf(draft.conditionType).clause(draft.conditionConfig), holds, audience: audience(draft, channels) })
}
