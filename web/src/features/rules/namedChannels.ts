import type { AlertRule, Channel } from '@/api/types'
import { texts } from './texts'

export interface NamedChannel {
  id: string
  name: string
  /** Empty where it is not known. */
  type: string
  /** Undefined where it is not known. */
  enabled: boolean | undefined
}

/** The tenant's channels that a rule, or a step of one, tells, in its order; while they are not read, that there are some. */
export const namedChannels = ({ channelIds }: Pick<AlertRule, 'channelIds'>, channels: readonly Channel[] | undefined): NamedChannel[] =>
  channelIds.map((id) => {
    const found = channels?.find((channel) => channel.id === id)
    return found ? { id, name: found.name, type: found.config.type, enabled: found.enabled } : { id, name: texts.namedChannels.shared, type: '', enabled: undefined }
  })
