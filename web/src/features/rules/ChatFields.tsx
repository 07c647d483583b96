import { CHANNELS } from '@/components/channels'
import { CHAT_ADDRESSES } from '@/components/chatAddresses'
import { TextField } from '@/components/ui/Field'
import { BLANK_CHANNELS, CHANNEL_LIMITS, CHANNEL_POINTERS, type ChatDraft, type ChatId } from './channelDraft'
import { errorAt, type DraftFields } from './draftFields'
import { texts } from './formTexts'

export function ChatFields({ id, draft, errors, change }: DraftFields & { id: ChatId }) {
  const chat = draft[id] ?? BLANK_CHANNELS[id]()
  const kept = draft.kept[id]
  const { where, example } = CHAT_ADDRESSES[id]
  const { title } = CHANNELS[id]
  const set = (part: Partial<ChatDraft>) => change({ [id]: { ...chat, ...part } })
  return (
    <>
      <TextField
        label={texts.chatFields.addressWebhook({ title })}
        type="url"
        inputMode="url"
        autoComplete="off"
        maxLength={CHANNEL_LIMITS.chatUrl}
        placeholder={kept?.address ?? example}
        hint={kept ? texts.chatFields.leaveEmptyKeepAddress : where}
        value={chat.webhook}
        error={errorAt(errors, `${CHANNEL_POINTERS[id]}/webhook`)}
        onChange={(event) => set({ webhook: event.target.value })}
      />
      {id === 'slack' && (
        <TextField
          label={texts.chatFields.slackChannel}
          optional
          maxLength={CHANNEL_LIMITS.slackChannel}
          placeholder={texts.chatFields.slackChannelPlaceholder}
          hint={texts.chatFields.slackChannelHint}
          value={chat.channel}
          error={errorAt(errors, `${CHANNEL_POINTERS.slack}/channel`)}
          onChange={(event) => set({ channel: event.target.value })}
        />
      )}
    </>
  )
}
