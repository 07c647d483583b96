import { CHANNELS } from '@/components/channels'
import { TextField } from '@/components/ui/Field'
import { BLANK_CHANNELS, CHANNEL_LIMITS, CHANNEL_POINTERS, type ChatDraft, type ChatId } from './channelDraft'
import { errorAt, type DraftFields } from './draftFields'

/** Where people find the address, in the messenger's own words, and what it looks like. */
const ADDRESSES: Record<ChatId, { where: string; example: string }> = {
  slack: {
    where: 'At api.slack.com/apps, open or create an app, turn on Incoming Webhooks, add one to your workspace and copy its address. Mattermost’s incoming webhooks work too.',
    example: 'https://hooks.slack.com/services/…',
  },
  teams: {
    where: 'In the channel’s menu, choose Workflows, then “Send webhook alerts to a channel”, and copy the address that it shows at the end.',
    example: 'https://….logic.azure.com/workflows/…',
  },
  discord: {
    where: 'In the channel’s settings, choose Integrations, then Webhooks, then New Webhook, and copy its URL.',
    example: 'https://discord.com/api/webhooks/…',
  },
}

export function ChatFields({ id, draft, errors, change }: DraftFields & { id: ChatId }) {
  const chat = draft[id] ?? BLANK_CHANNELS[id]()
  const kept = draft.kept[id]
  const { where, example } = ADDRESSES[id]
  const { title } = CHANNELS[id]
  const set = (part: Partial<ChatDraft>) => change({ [id]: { ...chat, ...part } })
  return (
    <>
      <TextField
        label={`Address of the ${title} webhook`}
        type="url"
        inputMode="url"
        autoComplete="off"
        maxLength={CHANNEL_LIMITS.chatUrl}
        placeholder={kept?.address ?? example}
        hint={kept ? 'Leave it empty to keep the address.' : where}
        value={chat.webhook}
        error={errorAt(errors, `${CHANNEL_POINTERS[id]}/webhook`)}
        onChange={(event) => set({ webhook: event.target.value })}
      />
      {id === 'slack' && (
        <TextField
          label="Slack channel"
          optional
          maxLength={CHANNEL_LIMITS.slackChannel}
          placeholder="#ops"
          hint="Only older webhooks heed it; others write to the channel that they were made for."
          value={chat.channel}
          error={errorAt(errors, `${CHANNEL_POINTERS.slack}/channel`)}
          onChange={(event) => set({ channel: event.target.value })}
        />
      )}
    </>
  )
}
