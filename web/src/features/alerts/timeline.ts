import type { ComponentProps } from 'react'
import type { Alert, AlertNotification } from '@/api/types'
import type { Attempts } from '@/components/Attempts'
import { channelLook } from '@/components/channels'
import { heldWords } from '@/components/deliveryWords'
import type { Tone } from '@/components/ui/Badge'
import { named, wordsOf } from '@/lib/named'
import { plural } from '@/lib/numbers'
import { capitalized } from '@/lib/sentence'

export interface TimelineEntry {
  at: string
  tone: Tone
  /** Set in bold, before the text. */
  lead?: string
  text: string
  note?: string
  /** Words of a person's own. */
  said?: string
  /** Of a message: each attempt to deliver it that is kept. */
  attempts?: Pick<ComponentProps<typeof Attempts>, 'tries' | 'earlier' | 'nextAt'>
}

const ABOUT: Record<string, string> = { fired: '', resolved: ' that it is resolved', repeated: ' again', escalated: ', as nobody had acknowledged it', grew: ' of more peers', reopened: ' that it is so again' }

interface Outcome {
  tone: Tone
  lead: string
  note: string
}

function outcome({ status, attempts, lastError }: AlertNotification): Outcome {
  const error = lastError ? `: ${lastError}` : ''
  switch (status) {
    case 'delivered':
      return {
        tone: attempts > 1 ? 'warn' : 'ok',
        lead: 'Told',
        note: attempts > 1 ? `Delivered on attempt ${attempts}${error}` : 'Delivered on the first attempt',
      }
    case 'pending':
      return {
        tone: 'muted',
        lead: 'Telling',
        note: attempts === 0 ? 'Waiting to be sent' : `Tried ${plural(attempts, 'time')}, tries again by itself${error}`,
      }
    case 'held':
      return { tone: 'warn', lead: 'Held back for', note: `A limit of messages is reached; the next message sums this one up${error}` }
    case 'superseded':
      // The note says what overtook it.
      return { tone: 'muted', lead: 'Did not tell', note: '' }
    case 'failed':
      return { tone: 'bad', lead: 'Could not tell', note: `Given up after ${plural(attempts, 'attempt')}${error}` }
    default:
      return { tone: 'muted', lead: wordsOf(status), note: `Tried ${plural(attempts, 'time')}${error}` }
  }
}

function attemptsOf({ tries, earlierTries, nextAttempt, status }: AlertNotification): Pick<TimelineEntry, 'attempts'> {
  const nextAt = status === 'pending' ? (nextAttempt ?? undefined) : undefined
  return tries ? { attempts: { tries, earlier: earlierTries ?? 0, nextAt } } : {}
}

function told(notification: AlertNotification): TimelineEntry {
  const { channel, channelName, target, event, at, note: more, heldUntil } = notification
  const text = `${channelName ?? target} ${channelLook(channel).how}${named(ABOUT, event, (name) => ` (${name.toLowerCase()})`)}`
  // Its own note says so, too, by the clocks of the channel’s place.
  if (heldUntil) return { at, tone: 'muted', lead: 'Held back for', text, note: heldWords(heldUntil, channelName), ...attemptsOf(notification) }
  const { note, ...how } = outcome(notification)
  return { at, ...how, text, note: [note, more && capitalized(more)].filter(Boolean).join('. '), ...attemptsOf(notification) }
}

type Step = NonNullable<Alert['history']>[number]

const by = ({ by: person }: Step): string => (person ? `by ${person.name}` : '')

/** Steps that only the history tells of. */
const steps: Partial<Record<Step['event'], (step: Step) => TimelineEntry>> = {
  suppressed: (step) => ({ at: step.at, tone: 'muted', lead: 'Suppressed', text: by(step), ...(step.message && { note: step.message }) }),
  reopened: (step) => ({ at: step.at, tone: 'bad', lead: 'Open again', text: by(step) || 'since the time of its suppression was over', ...(step.message && { note: step.message }) }),
  escalated: (step) => ({ at: step.at, tone: 'warn', lead: 'Escalated', text: step.message ?? step.title ?? '' }),
  commented: (step) => ({ at: step.at, tone: 'info', lead: step.by?.name ?? 'Somebody', text: 'commented', ...(step.message && { said: step.message }) }),
  grew: (step) => ({ at: step.at, tone: 'bad', lead: 'More', text: step.title ?? '' }),
}

/** What happened to an alert, newest first. */
export function timeline(alert: Alert): TimelineEntry[] {
  // Whom routes told beside its rule's channels, for one.
  const fired = alert.history?.find(({ event }) => event === 'fired')?.message
  const entries: TimelineEntry[] = [
    { at: alert.details.beganAt, tone: 'muted', lead: 'Began', text: '', note: 'Condition began, as reported by NetBird' },
    { at: alert.triggeredAt, tone: 'bad', lead: 'Fired', text: alert.problem, ...(fired && { note: fired }) },
    ...alert.notifications.map(told),
  ]
  entries.push(...(alert.history ?? []).flatMap((step) => steps[step.event]?.(step) ?? []))
  if (alert.acknowledgedAt) {
    entries.push({
      at: alert.acknowledgedAt,
      tone: 'warn',
      lead: 'Acknowledged',
      text: alert.acknowledgedBy ? `by ${alert.acknowledgedBy.name}` : '',
      ...(alert.acknowledgedMessage && { note: alert.acknowledgedMessage }),
    })
  }
  if (alert.resolvedAt) {
    entries.push({
      at: alert.resolvedAt,
      tone: 'ok',
      lead: 'Resolved',
      text: alert.resolvedBy ? `by ${alert.resolvedBy.name}` : `by itself: ${alert.title === alert.problem ? 'nobody watches any more' : alert.title}`,
      ...(alert.resolvedMessage && { note: alert.resolvedMessage }),
    })
  }
  // Entries of the same moment keep the order of cause and effect, newest first.
  return entries
    .map((entry, index) => ({ entry, index, time: Date.parse(entry.at) }))
    .sort((one, other) => other.time - one.time || other.index - one.index)
    .map(({ entry }) => entry)
}
