import { SecretField } from '@/components/SecretField'
import { TextField } from '@/components/ui/Field'
import type { ChannelKindForm, Shown } from './kind'
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
    if (token.trim() === '' ? !isThere : !/^\d+:[\w-]+$/.test(token.trim())) errors.token = 'Enter the bot’s token: digits, a colon, letters.'
    if (!/^(-?\d+|@[\w-]+)$/.test(chatId.trim())) errors.chatId = 'Enter a number, such as -1001234567890, or the @name of a public channel.'
    return errors
  },
  toConfig: ({ token, chatId }) => ({ type: 'telegram', chatId: chatId.trim(), ...(token.trim() && { token: token.trim() }) }),
  whereTo: ({ chatId }) => `chat ${chatId}`,
  facts: ({ tokenHint }) => [['Bot’s token', keptKey(tokenHint)]],
  steps: [
    'In Telegram, write /newbot to @BotFather, and copy the token that it answers with.',
    'Add the bot to the group that is to be told, or make it an admin of the channel.',
    'Write something in the group, then open https://api.telegram.org/bot<token>/getUpdates in a browser: the number after "chat":{"id": is the chat’s id. Those of groups begin with a minus.',
    'A public channel can be named instead: @name.',
  ],
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField label="Bot’s token" kept={shown && keptKey(shown.tokenHint)} placeholder="123456789:AAE…" hint="@BotFather gives it when the bot is made." value={draft.token} error={errorOf('token')} onChange={(token) => change({ token })} />
      <TextField label="Chat" autoComplete="off" placeholder="-1001234567890" hint="The id of a group or person, or the @name of a public channel." value={draft.chatId} error={errorOf('chatId')} onChange={(event) => change({ chatId: event.target.value })} />
    </>
  ),
}
