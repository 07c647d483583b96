import { limits } from '@/api/__generated__/limits'
import { CHANNELS } from '@/components/channels'
import { CHAT_ADDRESSES } from '@/components/chatAddresses'
import { SecretField } from '@/components/SecretField'
import { isWebAddress } from '@/lib/addresses'
import type { FieldsProps, Shown } from './kind'
import { texts } from './texts'
import { NO_ADDRESS } from './words'

export type ChatType = 'slack' | 'teams' | 'discord'

export interface ChatDraft {
  webhook: string
}

/** Messengers that take messages at an address of their own: whoever knows it may write. */
export function ChatAddress({ type, draft, shown, errorOf, change }: FieldsProps<ChatDraft, Shown<ChatType>> & { type: ChatType }) {
  return (
    <SecretField
      label={texts.chatAddress.label({ title: CHANNELS[type].title })}
      isAddress
      kept={shown && (shown.webhook ?? shown.host)}
      maxLength={limits.ChatInput.webhook.maxLength}
      placeholder={CHAT_ADDRESSES[type].example}
      hint={texts.chatAddress.hint}
      value={draft.webhook}
      error={errorOf('webhook')}
      onChange={(webhook) => change({ webhook })}
    />
  )
}

export const addressErrors = ({ webhook }: ChatDraft, isThere: boolean): Record<string, string> =>
  isWebAddress(webhook.trim()) || (isThere && webhook.trim() === '') ? {} : { webhook: NO_ADDRESS }

export const addressOf = ({ webhook, host }: { webhook?: string | null; host: string }): string => webhook ?? host

export const address = ({ webhook }: ChatDraft) => (webhook.trim() === '' ? {} : { webhook: webhook.trim() })
