import type { Event } from '@/api/types'

const ACTORLESS = new Set(['', 'system', 'sys'])

/** The thing an event is about, as NetBird's free-form details name it. */
function subject(event: Event): string | undefined {
  const { name, peer_name: peer, fqdn, group, username } = event.meta
  return name ?? peer ?? group ?? username ?? fqdn
}

/** The same as text alone. */
export function eventText(event: Event): string {
  const about = subject(event)
  const actor = event.initiatorName || event.initiatorEmail
  return `${about ? `${about}: ` : ''}${event.activity}${ACTORLESS.has(actor) ? '' : ` by ${actor}`}`
}

/** An event in words: what happened to what, and by whom. */
export function EventSentence({ event }: { event: Event }) {
  const about = subject(event)
  const actor = event.initiatorName || event.initiatorEmail
  return (
    <>
      {about && <strong className="font-semibold">{about}</strong>}
      {about && ': '}
      {about ? event.activity.charAt(0).toLowerCase() + event.activity.slice(1) : event.activity}
      {!ACTORLESS.has(actor) && <span className="text-text-3"> by {actor}</span>}
    </>
  )
}
