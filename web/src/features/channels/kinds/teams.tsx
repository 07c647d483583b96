import { address, ChatAddress, addressErrors, addressOf, type ChatDraft } from './chat'
import type { ChannelKindForm, Shown } from './kind'

export const teams: ChannelKindForm<ChatDraft, Shown<'teams'>> = {
  blank: () => ({ webhook: '' }),
  draftOf: () => ({ webhook: '' }),
  wrong: addressErrors,
  toConfig: (draft) => ({ type: 'teams', ...address(draft) }),
  whereTo: addressOf,
  steps: ['In Microsoft Teams, open the channel’s menu and choose Workflows.', 'Choose “Send webhook alerts to a channel”, and go through its steps.', 'Copy the address that it shows at the end.'],
  Fields: (props) => <ChatAddress type="teams" {...props} />,
}
