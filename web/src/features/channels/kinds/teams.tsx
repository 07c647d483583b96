import { address, ChatAddress, addressErrors, addressOf, type ChatDraft } from './chat'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'

export const teams: ChannelKindForm<ChatDraft, Shown<'teams'>> = {
  blank: () => ({ webhook: '' }),
  draftOf: () => ({ webhook: '' }),
  wrong: addressErrors,
  toConfig: (draft) => ({ type: 'teams', ...address(draft) }),
  whereTo: addressOf,
  steps: texts.teams.steps,
  Fields: (props) => <ChatAddress type="teams" {...props} />,
}
