import { limits } from '@/api/__generated__/limits'
import type { AlertRule, ConditionType, CreateAlertRule, Severity, TestAlertRule, TestRuleHistory, UpdateAlertRule } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { channelErrors, newChannels, toConfig, toNotificationChange, type ChannelDrafts } from './channelDraft'
import { kindOf } from './conditions/conditions'
import type { ConditionDraft } from './conditions/kind'
import { wholeNumber } from './conditions/wholeNumber'
import { escalationErrors, escalationRequest, type EscalationStep } from './escalation'
import { texts } from './formTexts'

/** A rule while it is written. Numbers are text, because a half-typed number is not one yet. */
export interface RuleDraft extends ChannelDrafts {
  name: string
  description: string
  conditionType: ConditionType
  /** Of the type's own kind. */
  conditionConfig: ConditionDraft
  forMinutes: string
  keepFiringMinutes: string
  severity: Severity
  accountId: string
  /** Channels of the tenant that are told, beside the rule's own. */
  channelIds: readonly string[]
  /** Who else is told while nobody acknowledges. */
  escalation: readonly EscalationStep[]
}

export const LIMITS = {
  name: limits.CreateAlertRule.name.maxLength,
  description: limits.CreateAlertRule.description.maxLength,
  wait: limits.CreateAlertRule.forMinutes.maximum,
  channels: limits.CreateAlertRule.channelIds.maxItems,
} as const

export function newDraft(conditionType: ConditionType): RuleDraft {
  return {
    name: '',
    description: '',
    conditionType,
    conditionConfig: kindOf(conditionType).blank(),
    forMinutes: '0',
    keepFiringMinutes: '0',
    severity: 'high',
    accountId: '',
    channelIds: [],
    escalation: [],
    ...newChannels(),
  }
}

/** Problems by the JSON pointer into the request, so that the API's own answers join them. */
export function validate(draft: RuleDraft): FieldErrors {
  const errors: Record<string, string> = {}
  const name = draft.name.trim()
  if (name === '') errors['/name'] = texts.validate.nameRule
  for (const [field, problem] of Object.entries(kindOf(draft.conditionType).wrong(draft.conditionConfig))) errors[`/conditionConfig/${field}`] = problem
  for (const key of ['forMinutes', 'keepFiringMinutes'] as const) {
    if (wholeNumber(draft[key], 0, LIMITS.wait) === undefined) errors[`/${key}`] = texts.validate.enterWholeMinutes0({ wait: LIMITS.wait })
  }
  if (draft.channelIds.length > LIMITS.channels) errors['/channelIds'] = texts.validate.atMostChannels({ channels: LIMITS.channels })
  return { ...errors, ...channelErrors(draft), ...escalationErrors(draft.escalation) }
}

const condition = ({ conditionType, conditionConfig }: RuleDraft) => ({ conditionType, conditionConfig: kindOf(conditionType).toConfig(conditionConfig) })

/** Whether what goes is told of one by one, whatever is open already. */
export const tellsEach = ({ conditionType, conditionConfig }: RuleDraft): boolean => kindOf(conditionType).tellsEach?.(conditionConfig) ?? false

/** Whether what was so before the rule is told of, too, since nobody knows since when it is. */
export const isUndated = ({ conditionType }: RuleDraft): boolean => kindOf(conditionType).undated ?? false

/** Whether what was so before the rule opens no alert at all. */
export const isOnlyNew = ({ conditionType }: RuleDraft): boolean => kindOf(conditionType).onlyNew ?? false

/** What of a draft can be tested: its condition, once that is whole. */
export function toTest(draft: RuleDraft): TestAlertRule | undefined {
  const isWhole = Object.keys(validate(draft)).every((pointer) => !pointer.startsWith('/conditionConfig') && pointer !== '/forMinutes')
  if (!isWhole) return undefined
  return { ...condition(draft), forMinutes: Number(draft.forMinutes), ...(draft.accountId && { accountId: draft.accountId }) }
}

/** As far back as a rule is tested on the past. */
export const PAST_DAYS = 7

/** What of a draft can be tested on the past. */
export function toHistoryTest(draft: RuleDraft): TestRuleHistory | undefined {
  const body = toTest(draft)
  const keepFiringMinutes = wholeNumber(draft.keepFiringMinutes, 0, LIMITS.wait)
  return body && keepFiringMinutes !== undefined ? { ...body, keepFiringMinutes, days: PAST_DAYS } : undefined
}

/** What both requests say alike of a draft that `validate` found nothing wrong with. */
function said(draft: RuleDraft) {
  const description = draft.description.trim()
  return {
    name: draft.name.trim(),
    ...(description && { description }),
    ...condition(draft),
    severity: draft.severity,
    ...(draft.accountId && { accountId: draft.accountId }),
    forMinutes: Number(draft.forMinutes),
    keepFiringMinutes: Number(draft.keepFiringMinutes),
    channelIds: [...draft.channelIds],
    escalation: escalationRequest(draft.escalation),
  }
}

/** The request that makes a rule of a draft. */
export const toRequest = (draft: RuleDraft): CreateAlertRule => ({ ...said(draft), enabled: true, notificationConfig: toConfig(draft) })

/** The request that changes a rule to a draft. */
export const toChange = (draft: RuleDraft): UpdateAlertRule => ({ ...said(draft), notificationConfig: toNotificationChange(draft) })

/** The secret that only the creating answer holds. */
export const createdSecret = (rule: AlertRule): string | undefined => rule.notificationConfig.webhook?.secret ?? undefined
