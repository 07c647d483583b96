import type { CountOperator } from '@/api/types'
import { grouped, listed } from '@/lib/numbers'
import { wholeNumber, type RuleDraft } from './ruleDraft'

const BLANK = '…'

export const OPERATORS: Record<CountOperator, string> = {
  greater_than: 'more than',
  greater_than_or_equal: 'at least',
  less_than: 'fewer than',
  less_than_or_equal: 'at most',
  equals: 'exactly',
  not_equals: 'any number but',
}

function lasting(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} d`
  if (minutes % 60 === 0) return `${minutes / 60} h`
  return `${minutes} min`
}

function during(text: string): string {
  const minutes = wholeNumber(text, 0)
  if (minutes === undefined) return ` for ${BLANK}`
  return minutes === 0 ? '' : ` for ${lasting(minutes)}`
}

function condition(draft: RuleDraft, accountName: string | undefined): string {
  const where = `${draft.groups.length > 0 ? ` of ${listed(draft.groups, 'or')}` : ''}${accountName ? ` in ${accountName}` : ''}`
  if (draft.conditionType === 'peer_offline') {
    const threshold = wholeNumber(draft.offlineThreshold, 1)
    const state = draft.countUnconfirmed ? 'offline or unconfirmed' : 'offline'
    const subject = threshold === 1 ? `any peer${where} is` : `at least ${threshold === undefined ? BLANK : grouped(threshold)} peers${where} are`
    return `${subject} ${state}${during(draft.duration)}`
  }
  const threshold = wholeNumber(draft.countThreshold, 0)
  const count = threshold === undefined ? BLANK : grouped(threshold)
  const verb = threshold === 1 ? 'is' : 'are'
  const amount = `${OPERATORS[draft.operator]} ${count} ${threshold === 1 ? 'peer' : 'peers'}${where}`
  return draft.status === 'any' ? `there ${verb} ${amount}` : `${amount} ${verb} ${draft.status}`
}

function audience(draft: RuleDraft): string {
  const told = [...(draft.emailEnabled ? draft.recipients : []), ...(draft.webhookEnabled ? [URL.parse(draft.url.trim())?.host || `a webhook at ${BLANK}`] : [])]
  return told.length > 0 ? listed(told) : 'nobody'
}

/** The rule in one sentence, as far as it is written. */
export function ruleSentence(draft: RuleDraft, accountName?: string): string {
  const holds = during(draft.forMinutes).replace(' for ', ', and that lasts for ')
  const keeps = wholeNumber(draft.keepFiringMinutes, 1)
  const ends = keeps === undefined ? '' : `; resolve when it has been over for ${lasting(keeps)}`
  return `When ${condition(draft, accountName)}${holds}, tell ${audience(draft)}; ${draft.severity}${ends}.`
}
