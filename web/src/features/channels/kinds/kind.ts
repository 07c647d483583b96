import type { ReactNode } from 'react'
import type { ChannelConfig, ChannelConfigInput } from '@/api/types'

/** Where a channel leads while it is written: its fields under the names that the request gives them. */
export type ConfigDraft = object

export interface FieldsProps<Draft, Shown> {
  draft: Draft
  /** What there is already, as far as it is shown; of a new channel nothing. */
  shown: Shown | undefined
  /** What is wrong with a field, or with anything in it. */
  errorOf: (field: keyof Draft & string) => string | undefined
  change: (part: Partial<Draft>) => void
}

/** What the form has to know of a kind of channel. */
// All are methods, so that what knows one kind can stand where any is asked for.
export interface ChannelKindForm<Draft extends ConfigDraft = ConfigDraft, Shown = ChannelConfig> {
  blank(): Draft
  /** Secrets are not in it: what is not entered stays. */
  draftOf(shown: Shown): Draft
  /** What is wrong, by field. What is there already need not be entered. */
  wrong(draft: Draft, isThere: boolean): Readonly<Record<string, string>>
  /** The request's part, of a draft that nothing is wrong with. */
  toConfig(draft: Draft): ChannelConfigInput
  /** Where its messages go, as far as it is shown. */
  whereTo(shown: Shown): string
  /** What else is to be known of it, such as the last characters of a key. */
  facts?(shown: Shown): readonly (readonly [label: string, value: string])[]
  /** How it stands now with where it leads: below that, or behind it in a few words. */
  Now?(this: void, props: { shown: Shown; brief?: boolean }): ReactNode
  /** How somebody gets what is asked for, one step after the other. */
  steps: readonly string[]
  Fields(this: void, props: FieldsProps<Draft, Shown>): ReactNode
}

/** What the configuration of one kind is like, where it is shown and where it is sent. */
export type Shown<Type extends ChannelConfig['type']> = Extract<ChannelConfig, { type: Type }>
