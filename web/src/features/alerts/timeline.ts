import type { ComponentProps } from 'react'
import type { Alert, AlertNotification } from '@/api/types'
import type { Attempts } from '@/components/Attempts'
import { channelLook } from '@/components/channels'
import { heldWords } from '@/components/deliveryWords'
import type { Tone } from '@/components/ui/Badge'
import { named, wordsOf } from '@/lib/named'
import { capitalized } from '@/lib/sentence'
import { texts } from './texts'

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

const ABOUT: Record<string, string> = { fired: '', resolved: texts.about.resolved, repeated: texts.about.repeated, escalated: texts.about.escalated, grew: texts.about.grew, reopened: texts.about.reopened }

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
        lead: texts.outcome.told,
        note: attempts > 1 ? texts.outcome.deliveredOnAttempt({ attempts, error }) : texts.outcome.deliveredOnFirstAttempt,
      }
    case 'pending':
      return {
        tone: 'muted',
        lead: texts.outcome.telling,
        note: attempts === 0 ? texts.outcome.waitingBeSent : texts.outcome.triedTriesAgainBy({ attempts, error }),
      }
    case 'held':
      return { tone: 'warn', lead: texts.outcome.heldBackFor, note: texts.outcome.limitMessagesReachedNext({ error }) }
    case 'superseded':
      // The note says what overtook it.
      return { tone: 'muted', lead: texts.outcome.didNotTell, note: '' }
    case 'failed':
      return { tone: 'bad', lead: texts.outcome.couldNotTell, note: texts.outcome.givenUpAfter({ attempts, error }) }
    default:
      return { tone: 'muted', lead: wordsOf(status), note: texts.outcome.tried({ attempts, error }) }
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
  if (heldUntil) return { at, tone: 'muted', lead: texts.told.heldBackFor, text, note: heldWords(heldUntil, channelName), ...attemptsOf(notification) }
  const { note, ...how } = outcome(notification)
  return { at, ...how, text, note: [note, more && capitalized(more)].filter(Boolean).join('. '), ...attemptsOf(notification) }
}

type Step = NonNullable<Alert['history']>[number]

const by = ({ by: person }: Step): string => (person ? texts.by.by({ name: person.name }) : '')

/** Steps that only the history tells of. */
const steps: Partial<Record<Step['event'], (step: Step) => TimelineEntry>> = {
  suppressed: (step) => ({ at: step.at, tone: 'muted', lead: texts.steps.suppressed, text: by(step), ...(step.message && { note: step.message }) }),
  reopened: (step) => ({ at: step.at, tone: 'bad', lead: texts.steps.openAgain, text: by(step) || texts.steps.sinceTimeItsSuppression, ...(step.message && { note: step.message }) }),
  escalated: (step) => ({ at: step.at, tone: 'warn', lead: texts.steps.escalated, text: step.message ?? step.title ?? '' }),
  commented: (step) => ({ at: step.at, tone: 'info', lead: step.by?.name ?? texts.steps.somebody, text: texts.steps.commented, ...(step.message && { said: step.message }) }),
  grew: (step) => ({ at: step.at, tone: 'bad', lead: texts.steps.more, text: step.title ?? '' }),
}

/** What happened to an alert, newest first. */
export function timeline(alert: Alert): TimelineEntry[] {
  // Whom routes told beside its rule's channels, for one.
  const fired = alert.history?.find(({ event }) => event === 'fired')?.message
  const entries: TimelineEntry[] = [
    { at: alert.details.beganAt, tone: 'muted', lead: texts.timeline.began, text: '', note: texts.timeline.conditionBeganAsReported },
    { at: alert.triggeredAt, tone: 'bad', lead: texts.timeline.fired, text: alert.problem, ...(fired && { note: fired }) },
    ...alert.notifications.map(told),
  ]
  entries.push(...(alert.history ?? []).flatMap((step) => steps[step.event]?.(step) ?? []))
  if (alert.acknowledgedAt) {
    entries.push({
      at: alert.acknowledgedAt,
      tone: 'warn',
      lead: texts.timeline.acknowledged,
      text: alert.acknowledgedBy ? texts.timeline.by({ name: alert.acknowledgedBy.name }) : '',
      ...(alert.acknowledgedMessage && { note: alert.acknowledgedMessage }),
    })
  }
  if (alert.resolvedAt) {
    entries.push({
      at: alert.resolvedAt,
      tone: 'ok',
      lead: texts.timeline.resolved,
      text: alert.resolvedBy ? texts.timeline.by({ name: alert.resolvedBy.name }) : alert.title === alert.problem ? texts.timeline.nobodyWatches : texts.timeline.byItself({ title: alert.title }),
      ...(alert.resolvedMessage && { note: alert.resolvedMessage }),
    })
  }
  // Entries of the same moment keep the order of cause and effect, newest first.
  return entries
    .map((entry, index) => ({ entry, index, time: Date.parse(entry.at) }))
    .sort((one, other) => other.time - one.time || other.index - one.index)
    .map(({ entry }) => entry)
}
