import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Event } from '@/api/types'
import { phrase } from '@/lib/phrase'
import { seenLook } from './seen'
import { texts } from './texts/accounts'
import { Clock } from './Time'
import { TEXT_TONE } from './ui/Badge'

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

interface Parts {
  before: string
  /** The name of the target, where the sentence has it. */
  target: string | undefined
  after: string
  actor: string | undefined
}

/** The sentence with its names apart. What it does not say of the target is said before it. */
function partsOf(event: Event): Parts {
  const actor = event.initiatorName || event.initiatorEmail
  // The server’s own words.
  const end = `, by ${actor}`
  const isBy = actor !== '' && event.text.endsWith(end)
  const text = isBy ? event.text.slice(0, -end.length) : event.text
  const who = isBy && !ACTORLESS.has(actor) ? actor : undefined
  const target = targetName(event)
  if (target === undefined) return { before: text, target, after: '', actor: who }
  const at = text.indexOf(`“${target}”`)
  if (at === -1) return { before: '', target, after: `: ${text}`, actor: who }
  return { before: text.slice(0, at), target, after: text.slice(at + target.length + 2), actor: who }
}

/** The same as text alone. */
export function eventText(event: Event): string {
  const { before, target = '', after, actor } = partsOf(event)
  const sentence = `${before}${target}${after}`
  return actor ? texts.eventSentence.by({ sentence, actor }) : sentence
}

interface EventSentenceProps {
  event: Event
  /** Makes something of the names of those that did it and that it was done to. */
  name?: (part: 'initiator' | 'target', name: string) => ReactNode
}

/** An event in words: what happened to what, and by whom; or what the platform saw, and when exactly that was. */
export function EventSentence({ event, name = (_, text) => text }: EventSentenceProps) {
  const { before, target, after, actor } = partsOf(event)
  const { icon: Icon, tone } = event.seen ? seenLook(event.seen.kind) : {}
  return (
    <>
      {Icon && tone && <Icon aria-hidden className={clsx('mr-1.5 inline size-3.5 shrink-0 align-[-0.125em]', TEXT_TONE[tone])} />}
      {before}
      {target && <strong className="font-semibold">{name('target', target)}</strong>}
      {after}
      {actor && <span className="text-text-3">{phrase(texts.eventSentence.byActor, { actor: name('initiator', actor) })}</span>}
      {event.seen && (
        <span className="text-text-3 tabular-nums">
          {phrase(texts.eventSentence.seen, { when: <Clock at={event.seen.at} /> })}
        </span>
      )}
    </>
  )
}
