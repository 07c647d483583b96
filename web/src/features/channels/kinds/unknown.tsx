import type { ChannelConfigInput } from '@/api/types'
import type { ChannelKindForm } from './kind'

/** A kind that a newer API has: it can be named, narrowed and switched, and stays as it is. */
export const unknownKind: ChannelKindForm = {
  blank: () => ({}),
  draftOf: (shown) => ({ ...shown }),
  wrong: () => ({}),
  toConfig: (draft) => draft as ChannelConfigInput,
  whereTo: () => '',
  steps: [],
  Fields: () => <p className="text-13 text-text-3">This page does not know this kind of channel yet. Where it leads stays as it is.</p>,
}
