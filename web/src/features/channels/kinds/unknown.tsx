import type { ChannelConfigInput } from '@/api/types'
import type { ChannelKindForm } from './kind'
import { texts } from './texts'

/** A kind that a newer API has: it can be named, narrowed and switched, and stays as it is. */
export const unknownKind: ChannelKindForm = {
  blank: () => ({}),
  draftOf: (shown) => ({ ...shown }),
  wrong: () => ({}),
  toConfig: (draft) => draft as ChannelConfigInput,
  whereTo: () => '',
  steps: [],
  Fields: () => <p className="text-13 text-text-3">{texts.unknown.fields}</p>,
}
