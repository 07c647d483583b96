import { limits } from '@/api/__generated__/limits'
import { TextField } from '@/components/ui/Field'
import { address, ChatAddress, addressErrors, addressOf, type ChatDraft } from './chat'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'

interface SlackDraft extends ChatDraft {
  channel: string
}

export const slack: ChannelKindForm<SlackDraft, Shown<'slack'>> = {
  blank: () => ({ webhook: '', channel: '' }),
  draftOf: ({ channel }) => ({ webhook: '', channel: channel ?? '' }),
  wrong: addressErrors,
  toConfig: (draft) => ({ type: 'slack', ...address(draft), ...(draft.channel.trim() && { channel: draft.channel.trim() }) }),
  whereTo: (shown) => (shown.channel ? texts.slack.whereTo({ channel: shown.channel, address: addressOf(shown) }) : addressOf(shown)),
  steps: texts.slack.steps,
  Fields: (props) => (
    <>
      <ChatAddress type="slack" {...props} errorOf={() => props.errorOf('webhook')} />
      <TextField
        label={texts.slack.channel}
        optional
        maxLength={limits.SlackInput.channel.maxLength}
        placeholder={texts.slack.channelPlaceholder}
        hint={texts.slack.channelHint}
        value={props.draft.channel}
        error={props.errorOf('channel')}
        onChange={(event) => props.change({ channel: event.target.value })}
      />
    </>
  ),
}
