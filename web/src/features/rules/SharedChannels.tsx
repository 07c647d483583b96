import { Link } from '@tanstack/react-router'
import { ExternalLink, Plus } from 'lucide-react'
import { buttonClass } from '@/components/ui/Button'
import { ChannelChoices, type ChannelChoicesProps } from './ChannelChoices'

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

/** Which of the tenant's channels a rule tells. */
export function SharedChannels(choices: ChannelChoicesProps) {
  return (
    <fieldset className="min-w-0 rounded-md border border-line">
      <legend className="sr-only">Shared channels</legend>
      <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line py-1 pr-1 pl-3">
        <p aria-hidden className="min-w-0 flex-1 text-13 font-semibold">
          Shared channels
        </p>
        <NewChannel />
      </div>
      <ChannelChoices {...choices} />
    </fieldset>
  )
}
