import type { CountOperator } from '@/api/types'
import { CHANNELS } from '@/components/channels'
import { listed } from '@/lib/numbers'
import { duration } from '@/lib/time'
import { CHATS } from './channelDraft'
import { wholeNumber, type RuleDraft } from './ruleDraft'

/** Stands where nothing sensible is written yet. */
const BLANK = '…'

const RECIPIENTS_NAMED = 2

export const OPERATORS: Record<CountOperator, string> = {
  less_than: 'is below',
  less_than_or_equal: 'is at most',
  equals: 'is exactly',
  not_equals: 'is not',
  greater_than_or_equal: 'is at least',
  greater_than: 'is above',
}

export const COUNTED = { any: 'peers', online: 'online peers', offline: 'offline peers' } as const

const minutes = (text: string): number | undefined => wholeNumber(text, 0)

const lasting = (length: number | undefined): string => (length === undefined ? BLANK : duration(length * 60_000))

function condition(draft: RuleDraft): string {
  const network = draft.groups.length > 0 ? draft.groups.join(' or ') : 'the network'
  if (draft.conditionType === 'peer_count') {
    return `the number of ${COUNTED[draft.status]} of ${network} ${OPERATORS[draft.operator]} ${wholeNumber(draft.countThreshold, 0) ?? BLANK}`
  }
  const threshold = wholeNumber(draft.offlineThreshold, 1)
  const several = `${threshold === 1 ? 'one' : (threshold ?? BLANK)} or more peers of ${network} are`
  const who = threshold === 1 && draft.alertPer === 'peer' ? `any peer of ${network} is` : several
  const length = minutes(draft.duration)
  return `${who} offline${length === 0 ? '' : ` for ${lasting(length)}`}`
}

function recipients(addresses: readonly string[]): string {
  const rest = addresses.length - RECIPIENTS_NAMED
  const named = addresses.slice(0, RECIPIENTS_NAMED).join(', ')
  return rest > 0 ? `${named} and ${rest} more` : named
}

function audience(draft: RuleDraft): string {
  const { email, webhook, kept } = draft
  const told: string[] = []
  if (email?.enabled && email.recipients.length > 0) told.push(recipients(email.recipients))
  if (webhook?.enabled) {
    const host = URL.parse(webhook.url.trim())?.hostname ?? kept.webhook?.address.split('…')[0]
    told.push(`the webhook at ${host || BLANK}`)
  }
  for (const id of CHATS) {
    const chat = draft[id]
    const channel = chat?.channel.trim()
    if (chat?.enabled) told.push(channel ? `${CHANNELS[id].title} in ${channel}` : CHANNELS[id].title)
  }
  return told.length > 0 ? `tell ${listed(told)}` : 'open an alert'
}

/** The rule in one sentence as far as it is written, in the words that the API will say it in. */
export function ruleSentence(draft: RuleDraft): string {
  const wait = minutes(draft.forMinutes)
  const holds = wait === 0 ? '' : `, and stays so for ${lasting(wait)}`
  return `When ${condition(draft)}${holds}, ${audience(draft)}.`
}
