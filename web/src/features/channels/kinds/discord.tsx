import { address, ChatAddress, addressErrors, addressOf, type ChatDraft } from './chat'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'

export const discord: ChannelKindForm<ChatDraft, Shown<'discord'>> = {
  blank: () => ({ webhook: '' }),
  draftOf: () => ({ webhook: '' }),
  wrong: addressErrors,
  toConfig: (draft) => ({ type: 'discord', ...address(draft) }),
  whereTo: addressOf,
  steps: texts.discord.steps,
  Fields: (props) => <ChatAddress type="discord" {...props} />,
}
