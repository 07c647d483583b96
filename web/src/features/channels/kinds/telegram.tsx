import { SecretField } from '@/components/SecretField'
import { TextField } from '@/components/ui/Field'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'
import { keptKey } from './words'

interface TelegramDraft {
  token: string
  chatId: string
}

export const telegram: ChannelKindForm<TelegramDraft, Shown<'telegram'>> = {
  blank: () => ({ token: '', chatId: '' }),
  draftOf: ({ chatId }) => ({ token: '', chatId }),
  wrong({ token, chatId }, isThere) {
    const errors: Record<string, string> = {}
    if (token.trim() === '' ? !isThere : !/^\d+:[\w-]+$/.test(token.trim())) errors.token = texts.telegram.tokenWrong
    if (!/^(-?\d+|@[\w-]+)$/.test(chatId.trim())) errors.chatId = texts.telegram.chatWrong
    return errors
  },
  toConfig: ({ token, chatId }) => ({ type: 'telegram', chatId: chatId.trim(), ...(token.trim() && { token: token.trim() }) }),
  whereTo: ({ chatId }) => texts.telegram.whereTo({ chatId }),
  facts: ({ tokenHint }) => [[texts.telegram.token, keptKey(tokenHint)]],
  steps: texts.telegram.steps,
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField label={texts.telegram.token} kept={shown && keptKey(shown.tokenHint)} placeholder={texts.telegram.tokenPlaceholder} hint={texts.telegram.tokenHint} value={draft.token} error={errorOf('token')} onChange={(token) => change({ token })} />
      <TextField label={texts.telegram.chat} autoComplete="off" placeholder="-1001234567890" hint={texts.telegram.chatHint} value={draft.chatId} error={errorOf('chatId')} onChange={(event) => change({ chatId: event.target.value })} />
    </>
  ),
}
