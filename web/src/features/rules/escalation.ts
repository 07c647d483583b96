import { limits } from '@/api/__generated__/limits'
import type { AlertRule } from '@/api/types'
import { listed } from '@/lib/numbers'
import { duration } from '@/lib/time'
import { BLANK, lasting } from './conditions/words'
import { wholeNumber } from './conditions/wholeNumber'
import { texts } from './formTexts'

/** Who else is told, and when, while nobody acknowledges. The number is text while it is written. */
export interface EscalationStep {
  afterMinutes: string
  channelIds: readonly string[]
}

export const ESCALATION = {
  steps: limits.CreateAlertRule.escalation.maxItems,
  minutes: limits.EscalationStepInput.afterMinutes.maximum,
  channels: limits.EscalationStepInput.channelIds.maxItems,
  /** Different ones, in all of the steps. */
  allChannels: 20,
} as const

/** As long after the step before as that is after the alert, where there is room for it. */
export function nextStep(steps: readonly EscalationStep[]): EscalationStep {
  const last = wholeNumber(steps.at(-1)?.afterMinutes ?? '0', 0, ESCALATION.minutes)
  const after = last === undefined ? undefined : last === 0 ? 15 : Math.min(last * 2, ESCALATION.minutes)
  return { afterMinutes: after === undefined || after === last ? '' : String(after), channelIds: [] }
}

/** What is wrong with the steps, by the JSON pointer into the request. */
export function escalationErrors(steps: readonly EscalationStep[]): Record<string, string> {
  const errors: Record<string, string> = {}
  let before = 0
  for (const [index, { afterMinutes, channelIds }] of steps.entries()) {
    const at = `/escalation/${index}`
    const minutes = wholeNumber(afterMinutes, 1, ESCALATION.minutes)
    if (minutes === undefined) errors[`${at}/afterMinutes`] = texts.escalationErrors.enterWholeMinutes1({ minutes: ESCALATION.minutes })
    else if (minutes <= before) errors[`${at}/afterMinutes`] = texts.escalationErrors.mustBeMoreThan({ before })
    else before = minutes
    if (channelIds.length === 0) errors[`${at}/channelIds`] = texts.escalationErrors.chooseAtLeastOne
    if (channelIds.length > ESCALATION.channels) errors[`${at}/channelIds`] = texts.escalationErrors.atMostChannels({ channels: ESCALATION.channels })
  }
  if (new Set(steps.flatMap(({ channelIds }) => channelIds)).size > ESCALATION.allChannels) errors['/escalation'] = texts.escalationErrors.atMostDifferentChannels({ allChannels: ESCALATION.allChannels })
  return errors
}

export const escalationOf = ({ escalation }: Pick<AlertRule, 'escalation'>): EscalationStep[] =>
  escalation.map(({ afterMinutes, channelIds }) => ({ afterMinutes: String(afterMinutes), channelIds: [...channelIds] }))

export const escalationRequest = (steps: readonly EscalationStep[]): { afterMinutes: number; channelIds: string[] }[] =>
  steps.map(({ afterMinutes, channelIds }) => ({ afterMinutes: Number(afterMinutes), channelIds: [...channelIds] }))

/** What a channel is called, for steps that are written; one whose name is not read leaves a gap. */
export const nameIn =
  (channels: readonly { id: string; name: string }[] | undefined, unread = BLANK) =>
  (id: string): string =>
    channels?.find((channel) => channel.id === id)?.name ?? unread

/** "If nobody acknowledges it within 15 min, also tell Night shift; within 1 h, also tell Management." */
export function escalationSentence(steps: readonly EscalationStep[], nameOf: (channelId: string) => string): string {
  const parts = steps.map(({ afterMinutes, channelIds }) => {
    const names = listed(channelIds.map(nameOf)) || BLANK
    return texts.escalationSentence.withinAlsoTell({ lasting: lasting(wholeNumber(afterMinutes, 1)), names })
  })
  return parts.length === 0 ? '' : texts.escalationSentence.ifNobodyAcknowledges({ parts: parts.join('; ') })
}

/** Beside a sentence that says how many are told: "Unacknowledged after 15 min: Night shift · after 1 h: Management". */
export const escalationNames = ({ escalation }: Pick<AlertRule, 'escalation'>, nameOf: (channelId: string) => string): string =>
  texts.escalationNames.unacknowledged({ steps: escalation.map(({ afterMinutes, channelIds }) => texts.escalationNames.step({ after: stepTime(afterMinutes), channels: channelIds.map(nameOf) })).join(' · ') })

/** "15 min" */
export const stepTime = (minutes: number): string => duration(minutes * 60_000)
