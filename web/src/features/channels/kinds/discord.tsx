import { address, ChatAddress, addressErrors, addressOf, type ChatDraft } from './chat'
import type { ChannelKindForm, Shown } from './kind'

export const discord: ChannelKindForm<ChatDraft, Shown<'discord'>> = {
  blank: () => ({ webhook: '' }),
  draftOf: () => ({ webhook: '' }),
  wrong: addressErrors,
  toConfig: (draft) => ({ type: 'discord', ...address(draft) }),
  whereTo: addressOf,
  steps: ['In Discord, open the channel’s settings and choose Integrations.', 'Under Webhooks, press New Webhook, and name it as you like.', 'Press Copy Webhook URL.'],
  Fields: (props) => <ChatAddress type="discord" {...props} />,
}
