import { Link } from '@tanstack/react-router'
import { ExternalLink, Plus } from 'lucide-react'
import { useCan } from '@/api/client'
import { channelLook } from '@/components/channels'
import { Badge } from '@/components/ui/Badge'
import { buttonClass } from '@/components/ui/Button'
import { Checkbox, FieldMessage } from '@/components/ui/Field'
import { useChannels } from '@/queries/channels'
import { errorAt, type DraftFields } from './draftFields'

/** In a tab of its own: what is typed here stays, and the new channel is there when somebody comes back. */
function NewChannel() {
  return (
    <Link to="/channels/new" target="_blank" className={buttonClass()}>
      <Plus aria-hidden className="size-4" />
      New channel
      <ExternalLink role="img" aria-label="opens in a new tab" className="size-3 text-text-3" />
    </Link>
  )
}

/** Which of the tenant's channels the rule tells. */
export function SharedChannels({ draft, errors, change }: DraftFields) {
  const { data: channels, isError } = useChannels(useCan('rules:read'))
  const chosen = draft.channelIds
  const error = errorAt(errors, '/channelIds')
  const lost = channels ? chosen.filter((id) => channels.every((channel) => channel.id !== id)) : []
  const set = (id: string) => (on: boolean) => change({ channelIds: on ? [...chosen, id] : chosen.filter((other) => other !== id) })
  return (
    <fieldset className="min-w-0 rounded-md border border-line">
      <legend className="sr-only">Shared channels</legend>
      <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line py-1 pr-1 pl-3">
        <p aria-hidden className="min-w-0 flex-1 text-13 font-semibold">
          Shared channels
        </p>
        <NewChannel />
      </div>
      <div className="max-h-72 overflow-y-auto px-3 py-2">
        {(channels ?? []).map(({ id, name, config, enabled }) => {
          const { title, icon: Icon } = channelLook(config.type)
          return (
            <Checkbox
              key={id}
              label={
                <span className="flex min-w-0 flex-1 items-start gap-x-2">
                  <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
                  <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                    <span className="min-w-0 wrap-anywhere">{name}</span>
                    <span className="text-12 text-text-3">{title}</span>
                    {!enabled && <Badge tone="muted">Off</Badge>}
                  </span>
                </span>
              }
              checked={chosen.includes(id)}
              onChange={set(id)}
            />
          )
        })}
        {lost.map((id) => (
          <Checkbox key={id} label="A deleted channel" checked onChange={set(id)} />
        ))}
        {channels?.length === 0 && <p className="py-1 text-13 text-text-3">None yet. A channel is set up once, and used by as many rules as you like.</p>}
        {!channels && <p className="py-1 text-13 text-text-3">{isError ? 'They could not be loaded. What was chosen stays.' : 'Loading the channels'}</p>}
      </div>
      {error && (
        <div className="px-3 pb-2">
          <FieldMessage>{error}</FieldMessage>
        </div>
      )}
    </fieldset>
  )
}
