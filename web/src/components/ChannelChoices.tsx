import { useId } from 'react'
import { useCan } from '@/api/client'
import { channelLook } from './channels'
import { texts } from './texts/channels'
import { Badge } from './ui/Badge'
import { Checkbox, FieldMessage } from './ui/Field'
import { useChannels } from '@/queries/channels'

export interface ChannelChoicesProps {
  /** By id. */
  chosen: readonly string[]
  error: string | undefined
  onChange: (chosen: string[]) => void
}

/** The tenant's channels, any of which may be chosen, and those that were chosen and are gone. */
export function ChannelChoices({ chosen, error, onChange }: ChannelChoicesProps) {
  const errorId = useId()
  const { data: channels, isError } = useChannels(useCan('rules:read'))
  const lost = channels ? chosen.filter((id) => channels.every((channel) => channel.id !== id)) : []
  const set = (id: string) => (on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))
  const wrong = error ? ({ 'aria-invalid': true, 'aria-describedby': errorId } as const) : {}
  return (
    <>
      <div className="max-h-72 overflow-y-auto px-3 py-2">
        {(channels ?? []).map(({ id, name, config, enabled }) => {
          const { title, icon: Icon } = channelLook(config.type)
          return (
            <Checkbox
              {...wrong}
              key={id}
              label={
                <span className="flex min-w-0 flex-1 items-start gap-x-2">
                  <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
                  <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                    <span className="min-w-0 wrap-anywhere">{name}</span>
                    <span className="text-12 text-text-3">{title}</span>
                    {!enabled && <Badge tone="muted">{texts.channelChoices.off}</Badge>}
                  </span>
                </span>
              }
              checked={chosen.includes(id)}
              onChange={set(id)}
            />
          )
        })}
        {lost.map((id) => (
          <Checkbox {...wrong} key={id} label={texts.channelChoices.deleted} checked onChange={set(id)} />
        ))}
        {channels?.length === 0 && <p className="py-1 text-13 text-text-3">{texts.channelChoices.none}</p>}
        {!channels && <p className="py-1 text-13 text-text-3">{isError ? texts.channelChoices.failed : texts.channelChoices.loading}</p>}
      </div>
      {error && (
        <div className="px-3 pb-2">
          <FieldMessage id={errorId}>{error}</FieldMessage>
        </div>
      )}
    </>
  )
}
