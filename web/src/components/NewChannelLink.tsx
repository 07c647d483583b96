import { Link } from '@tanstack/react-router'
import { ExternalLink, Plus } from 'lucide-react'
import { texts } from './texts/channels'
import { buttonClass } from './ui/Button'

/** In a tab of its own: what is typed in a form stays, and the new channel is there when somebody comes back. */
export function NewChannelLink() {
  return (
    <Link to="/channels/new" target="_blank" className={buttonClass()}>
      <Plus aria-hidden className="size-4" />
      {texts.newChannelLink.label}
      <ExternalLink role="img" aria-label={texts.newChannelLink.opensInTab} className="size-3 text-text-3" />
    </Link>
  )
}
