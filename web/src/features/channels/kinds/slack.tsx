import { limits } from '@/api/__generated__/limits'
import { TextField } from '@/components/ui/Field'
import { address, ChatAddress, addressErrors, addressOf, type ChatDraft } from './chat'
import type { ChannelKindForm, Shown } from './kind'

interface SlackDraft extends ChatDraft {
  channel: string
}

export const slack: ChannelKindForm<SlackDraft, Shown<'slack'>> = {
  blank: () => ({ webhook: '', channel: '' }),
  draftOf: ({ channel }) => ({ webhook: '', channel: channel ?? '' }),
  wrong: addressErrors,
  toConfig: (draft) => ({ type: 'slack', ...address(draft), ...(draft.channel.trim() && { channel: draft.channel.trim() }) }),
  whereTo: (shown) => (shown.channel ? `${shown.channel} at ${addressOf(shown)}` : addressOf(shown)),
  steps: ['At api.slack.com/apps, open an app of your workspace, or create one from scratch.', 'Under Incoming Webhooks, turn them on and press Add New Webhook to Workspace.', 'Choose the channel, allow it, and copy the webhook’s address.', 'Mattermost’s incoming webhooks work too.'],
  Fields: (props) => (
    <>
      <ChatAddress type="slack" {...props} errorOf={() => props.errorOf('webhook')} />
      <TextField
        label="Slack channel"
        optional
        maxLength={limits.SlackInput.channel.maxLength}
        placeholder="#ops"
        hint="Only older webhooks heed it; others write to the channel that they were made for."
        value={props.draft.channel}
        error={props.errorOf('channel')}
        onChange={(event) => props.change({ channel: event.target.value })}
      />
    </>
  ),
}
