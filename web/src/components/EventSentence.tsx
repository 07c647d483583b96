import type { ReactNode } from 'react'
import type { Event } from '@/api/types'

const ACTORLESS = new Set(['', 'system', 'sys'])

/**
 * What an event's target is called in NetBird's free-form details. Of a token, `name` is the token, and its user the
 * target; what came into a group is the target, and not the group.
 */
export function targetName({ activityCode, meta }: Event): string | undefined {
  const { name, peer_name: peer, peer_fqdn: peerDomain, username, user_name: user, setupkey, fqdn, group } = meta
  if (activityCode.startsWith('personal.access.token.')) return user || undefined
  return [name, peer, username, user, setupkey, fqdn, peerDomain, activityCode.includes('.group.') ? '' : group].find(Boolean)
}

interface Sentence {
  about: string | undefined
  /** What happened, and of what else the details tell that it happened to. */
  what: string
  actor: string | undefined
}

function sentence(event: Event): Sentence {
  const { activity, activityCode, meta } = event
  const target = targetName(event)
  const about = target ?? (meta.name || meta.group || undefined)
  const besides = activityCode.startsWith('personal.access.token.') ? meta.name : activityCode.includes('.group.') ? meta.group : undefined
  const actor = event.initiatorName || event.initiatorEmail
  return {
    about,
    what: `${about ? activity.charAt(0).toLowerCase() + activity.slice(1) : activity}${besides && besides !== about ? ` (${besides})` : ''}`,
    actor: ACTORLESS.has(actor) ? undefined : actor,
  }
}

/** The same as text alone. */
export function eventText(event: Event): string {
  const { about, what, actor } = sentence(event)
  return `${about ? `${about}: ` : ''}${what}${actor ? ` by ${actor}` : ''}`
}

interface EventSentenceProps {
  event: Event
  /** Makes something of the names of those that did it and that it was done to. */
  name?: (part: 'initiator' | 'target', name: string) => ReactNode
}

/** An event in words: what happened to what, and by whom. */
export function EventSentence({ event, name = (_, text) => text }: EventSentenceProps) {
  const { about, what, actor } = sentence(event)
  return (
    <>
      {about && <strong className="font-semibold">{about === targetName(event) ? name('target', about) : about}</strong>}
      {about && ': '}
      {what}
      {actor && <span className="text-text-3"> by {name('initiator', actor)}</span>}
    </>
  )
}
