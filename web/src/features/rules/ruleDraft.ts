import { limits } from '@/api/__generated__/limits'
import type { AlertPer, AlertRule, ConditionConfig, CountedStatus, CountOperator, CreateAlertRule, Severity, TestAlertRule, UpdateAlertRule } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { CHANNEL_POINTERS, channelErrors, newChannels, toConfig, toNotificationChange, type ChannelDrafts } from './channelDraft'

/** A rule while it is written. Numbers are text, because a half-typed number is not one yet. */
export interface RuleDraft extends ChannelDrafts {
  name: string
  description: string
  conditionType: CreateAlertRule['conditionType']
  groups: string[]
  offlineThreshold: string
  duration: string
  countUnconfirmed: boolean
  /** What an alert is of, where one peer is enough. */
  alertPer: AlertPer
  operator: CountOperator
  countThreshold: string
  status: CountedStatus
  forMinutes: string
  keepFiringMinutes: string
  severity: Severity
  accountId: string
}

/** Where the request has the condition. */
const CONDITION_POINTERS = {
  offlineThreshold: '/conditionConfig/threshold',
  countThreshold: '/conditionConfig/threshold',
  duration: '/conditionConfig/duration',
  groups: '/conditionConfig/groups',
  operator: '/conditionConfig/operator',
  status: '/conditionConfig/status',
} as const satisfies { [Key in keyof RuleDraft]?: string }

/** Where the request has what the draft has under another name. */
export const POINTERS = { ...CONDITION_POINTERS, ...CHANNEL_POINTERS } as const

export const CONDITION_FIELDS: readonly string[] = Object.values(CONDITION_POINTERS)

export const LIMITS = {
  name: limits.CreateAlertRule.name.maxLength,
  description: limits.CreateAlertRule.description.maxLength,
  groups: limits.PeerOfflineConfig.groups.maxItems,
  duration: limits.PeerOfflineConfig.duration.maximum,
  wait: limits.CreateAlertRule.forMinutes.maximum,
} as const

export function newDraft(conditionType: RuleDraft['conditionType']): RuleDraft {
  return {
    name: '',
    description: '',
    conditionType,
    groups: [],
    offlineThreshold: '1',
    duration: '5',
    countUnconfirmed: false,
    alertPer: 'peer',
    operator: 'less_than',
    countThreshold: '1',
    status: 'online',
    forMinutes: '0',
    keepFiringMinutes: '0',
    severity: 'high',
    accountId: '',
    ...newChannels(),
  }
}

/** A whole number within bounds, or undefined. */
export function wholeNumber(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const trimmed = text.trim()
  if (!/^\d+$/.test(trimmed)) return undefined
  const value = Number(trimmed)
  return value >= least && value <= most ? value : undefined
}

/** Problems by the JSON pointer into the request, so that the API's own answers join them. */
export function validate(draft: RuleDraft): FieldErrors {
  const errors: Record<string, string> = {}
  const name = draft.name.trim()
  if (name === '') errors['/name'] = 'Name the rule.'
  if (draft.conditionType === 'peer_offline') {
    if (wholeNumber(draft.offlineThreshold, 1) === undefined) errors['/conditionConfig/threshold'] = 'Enter a whole number, 1 or more.'
    if (wholeNumber(draft.duration, 0, LIMITS.duration) === undefined) {
      errors['/conditionConfig/duration'] = `Enter whole minutes, 0 to ${LIMITS.duration} (7 days).`
    }
  } else if (wholeNumber(draft.countThreshold, 0) === undefined) {
    errors['/conditionConfig/threshold'] = 'Enter a whole number, 0 or more.'
  }
  if (draft.groups.length > LIMITS.groups) errors['/conditionConfig/groups'] = `At most ${LIMITS.groups} groups.`
  for (const key of ['forMinutes', 'keepFiringMinutes'] as const) {
    if (wholeNumber(draft[key], 0, LIMITS.wait) === undefined) errors[`/${key}`] = `Enter whole minutes, 0 to ${LIMITS.wait} (1 day).`
  }
  return { ...errors, ...channelErrors(draft) }
}

/** Whether each peer may have an alert: where several are needed, it is of all of them. */
export const mayTellEach = (draft: RuleDraft): boolean => wholeNumber(draft.offlineThreshold, 1) === 1

function condition(draft: RuleDraft): ConditionConfig {
  const groups = draft.groups.length > 0 && { groups: draft.groups }
  return draft.conditionType === 'peer_offline'
    ? { threshold: Number(draft.offlineThreshold), duration: Number(draft.duration), ...groups, countUnconfirmed: draft.countUnconfirmed, alertPer: mayTellEach(draft) ? draft.alertPer : 'rule' }
    : { operator: draft.operator, threshold: Number(draft.countThreshold), status: draft.status, ...groups }
}

/** What of a draft can be tested: its condition, once that is whole. */
export function toTest(draft: RuleDraft): TestAlertRule | undefined {
  const isWhole = Object.keys(validate(draft)).every((pointer) => !pointer.startsWith('/conditionConfig') && pointer !== '/forMinutes')
  if (!isWhole) return undefined
  return { conditionType: draft.conditionType, conditionConfig: condition(draft), forMinutes: Number(draft.forMinutes), ...(draft.accountId && { accountId: draft.accountId }) }
}

/** What both requests say alike of a draft that `validate` found nothing wrong with. */
function said(draft: RuleDraft) {
  const description = draft.description.trim()
  return {
    name: draft.name.trim(),
    ...(description && { description }),
    conditionType: draft.conditionType,
    conditionConfig: condition(draft),
    severity: draft.severity,
    ...(draft.accountId && { accountId: draft.accountId }),
    forMinutes: Number(draft.forMinutes),
    keepFiringMinutes: Number(draft.keepFiringMinutes),
  }
}

/** The request that makes a rule of a draft. */
export const toRequest = (draft: RuleDraft): CreateAlertRule => ({ ...said(draft), enabled: true, notificationConfig: toConfig(draft) })

/** The request that changes a rule to a draft. */
export const toChange = (draft: RuleDraft): UpdateAlertRule => ({ ...said(draft), notificationConfig: toNotificationChange(draft) })

/** The secret that only the creating answer holds. */
export const createdSecret = (rule: AlertRule): string | undefined => rule.notificationConfig.webhook?.secret ?? undefined
