import { limits } from '@/api/__generated__/limits'
import type { NotificationChange, NotificationConfig, TestedChannel } from '@/api/types'
import type { ChannelId } from '@/components/channels'
import { changedHeadersOf, headersError, headersOf, type HeaderDraft } from '@/components/HeaderFields'
import { isWebAddress } from '@/lib/addresses'
import { texts } from './formTexts'

interface EmailDraft {
  enabled: boolean
  recipients: string[]
}

interface WebhookDraft {
  enabled: boolean
  url: string
  headers: HeaderDraft[]
  secret: string
}

export interface ChatDraft {
  enabled: boolean
  webhook: string
  /** Of Slack only. */
  channel: string
}

/** Messengers that take messages at an address of their own. */
export const CHATS = ['slack', 'teams', 'discord'] as const satisfies readonly TestedChannel[]

export type ChatId = (typeof CHATS)[number]

/** What a rule has of a channel, as far as it is shown. */
interface Kept {
  address: string
  secretHint?: string
  /** Why the platform switched it off, if it did. */
  off?: string
}

/** Whom a rule tells while it is written: each channel that it has, and null for those that it has not. */
export interface ChannelDrafts extends Record<ChatId, ChatDraft | null> {
  email: EmailDraft | null
  webhook: WebhookDraft | null
  /** What stays where nothing is entered; of a new rule nothing does. */
  kept: Partial<Record<TestedChannel, Kept>>
}

const blankChat = (): ChatDraft => ({ enabled: true, webhook: '', channel: '' })

/** Each channel as it is added. */
export const BLANK_CHANNELS: { [Id in ChannelId]: () => NonNullable<ChannelDrafts[Id]> } = {
  email: () => ({ enabled: true, recipients: [] }),
  webhook: () => ({ enabled: true, url: '', headers: [], secret: '' }),
  slack: blankChat,
  teams: blankChat,
  discord: blankChat,
}

export const newChannels = (): ChannelDrafts => ({ email: BLANK_CHANNELS.email(), webhook: null, slack: null, teams: null, discord: null, kept: {} })

/** Where the request has each channel. */
export const CHANNEL_POINTERS = {
  email: '/notificationConfig/email',
  webhook: '/notificationConfig/webhook',
  slack: '/notificationConfig/slack',
  teams: '/notificationConfig/teams',
  discord: '/notificationConfig/discord',
} as const satisfies Record<ChannelId, string>

/** What of the channels shows its own errors. */
export const CHANNEL_FIELDS: readonly string[] = [
  CHANNEL_POINTERS.email,
  ...['url', 'headers', 'secret'].map((field) => `${CHANNEL_POINTERS.webhook}/${field}`),
  ...CHATS.map((id) => `${CHANNEL_POINTERS[id]}/webhook`),
  `${CHANNEL_POINTERS.slack}/channel`,
]

export const CHANNEL_LIMITS = {
  recipients: limits.EmailInput.recipients.maxItems,
  url: limits.WebhookInput.url.maxLength,
  chatUrl: limits.ChatInput.webhook.maxLength,
  slackChannel: limits.SlackInput.channel.maxLength,
} as const

const NO_ADDRESS = texts.noAddress.enterAddressStartsWith

function emailErrors({ recipients }: EmailDraft): Record<string, string> {
  const at = `${CHANNEL_POINTERS.email}/recipients`
  const wrong = recipients.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address))
  if (recipients.length === 0) return { [at]: texts.emailErrors.addAtLeastOne }
  if (recipients.length > CHANNEL_LIMITS.recipients) return { [at]: texts.emailErrors.atMostAddresses({ recipients: CHANNEL_LIMITS.recipients }) }
  return wrong ? { [at]: texts.emailErrors.notEmailAddress({ wrong }) } : {}
}

function webhookErrors({ url, headers, secret }: WebhookDraft, kept: Kept | undefined): Record<string, string> {
  const errors: Record<string, string> = {}
  if (!isWebAddress(url.trim()) && !(kept && url.trim() === '')) errors[`${CHANNEL_POINTERS.webhook}/url`] = NO_ADDRESS
  const header = headersError(headers)
  if (header) errors[`${CHANNEL_POINTERS.webhook}/headers`] = header
  if (secret.trim() !== '' && !secret.trim().startsWith('whsec_')) {
    errors[`${CHANNEL_POINTERS.webhook}/secret`] = texts.webhookErrors.secretStartsWithWhsec
  }
  return errors
}

/** What is wrong with the channels. One that is off must be whole too, or it could not be switched on. */
export function channelErrors({ email, webhook, kept, ...chats }: ChannelDrafts): Record<string, string> {
  const errors = { ...(email && emailErrors(email)), ...(webhook && webhookErrors(webhook, kept.webhook)) }
  for (const id of CHATS) {
    const address = chats[id]?.webhook.trim()
    if (address === undefined || isWebAddress(address) || (kept[id] && address === '')) continue
    errors[`${CHANNEL_POINTERS[id]}/webhook`] = NO_ADDRESS
  }
  return errors
}

function chatRequests(draft: ChannelDrafts): Pick<NotificationConfig, ChatId> {
  return Object.fromEntries(
    CHATS.flatMap((id) => {
      const chat = draft[id]
      if (!chat) return []
      const [webhook, channel] = [chat.webhook.trim(), chat.channel.trim()]
      return [[id, { enabled: chat.enabled, ...(webhook && { webhook }), ...(id === 'slack' && channel && { channel }) }]]
    }),
  )
}

function webhookConfig({ enabled, ...webhook }: WebhookDraft): NonNullable<NotificationConfig['webhook']> {
  const secret = webhook.secret.trim()
  const headers = headersOf(webhook.headers)
  return { enabled, url: webhook.url.trim(), ...(Object.keys(headers).length > 0 && { headers }), ...(secret && { secret }) }
}

function webhookChange({ enabled, ...webhook }: WebhookDraft): NonNullable<NotificationChange['webhook']> {
  const [url, secret] = [webhook.url.trim(), webhook.secret.trim()]
  return { enabled, ...(url && { url }), headers: changedHeadersOf(webhook.headers), ...(secret && { secret }) }
}

/** Whom a new rule tells. */
export const toConfig = (draft: ChannelDrafts): NotificationConfig => ({
  ...(draft.email && { email: draft.email }),
  ...(draft.webhook && { webhook: webhookConfig(draft.webhook) }),
  ...chatRequests(draft),
})

/** Whom a rule tells from now on. What was never shown and is not entered anew stays. */
export const toNotificationChange = (draft: ChannelDrafts): NotificationChange => ({
  ...(draft.email && { email: draft.email }),
  ...(draft.webhook && { webhook: webhookChange(draft.webhook) }),
  ...chatRequests(draft),
})
