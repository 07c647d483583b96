import { limits } from '@/api/__generated__/limits'
import type { Channel, ChannelInput, Severity } from '@/api/types'
import type { ChannelKind } from '@/components/channels'
import type { FieldErrors } from '@/components/formErrors'
import type { ConfigDraft } from './kinds/kind'
import { formOf } from './kinds/kinds'
import { quietErrors, type QuietHours } from './quietHours'
import { texts } from './texts'

/** A channel while it is written. */
export interface ChannelDraft {
  name: string
  type: string
  /** Of the type's own kind. */
  config: ConfigDraft
  /** None is all of them. */
  severities: readonly Severity[]
  enabled: boolean
  /** None holds nothing back. */
  quietHours: QuietHours | null
}

export const LIMITS = { name: limits.ChannelInput.name.maxLength } as const

export const newDraft = (type: ChannelKind): ChannelDraft => ({ name: '', type, config: formOf(type).blank(), severities: [], enabled: true, quietHours: null })

export const draftOf = ({ name, config, severities, enabled, quietHours }: Channel): ChannelDraft => ({
  name,
  type: config.type,
  config: formOf(config.type).draftOf(config),
  severities: [...severities],
  enabled,
  quietHours: quietHours ?? null,
})

/** Problems by the JSON pointer into the request, so that the API's own answers join them. */
export const validate =
  (isThere: boolean) =>
  ({ name, type, config, quietHours }: ChannelDraft): FieldErrors => ({
    ...(name.trim() === '' && { '/name': texts.wrong.name }),
    ...Object.fromEntries(Object.entries(formOf(type).wrong(config, isThere)).map(([field, problem]) => [`/config/${field}`, problem])),
    ...quietErrors(quietHours),
  })

/** The request that makes a channel of a draft, or changes one to it. */
export const toRequest = ({ name, type, config, severities, enabled, quietHours }: ChannelDraft): ChannelInput => ({
  name: name.trim(),
  config: formOf(type).toConfig(config),
  severities: [...severities],
  enabled,
  quietHours,
})

/** The same channel, on or off. */
export const switched = (channel: Channel, enabled: boolean): ChannelInput => toRequest({ ...draftOf(channel), enabled })

/** The secret that only the creating answer holds. */
export const createdSecret = ({ config }: Channel): string | undefined => (config.type === 'webhook' ? (config.secret ?? undefined) : undefined)
