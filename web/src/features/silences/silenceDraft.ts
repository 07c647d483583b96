import { limits } from '@/api/__generated__/limits'
import type { PreviewSilence, Severity, Silence, SilenceDay, SilenceInput } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { DAY, HOUR } from '@/lib/time'
import { zoneHere } from '@/lib/zones'
import { texts } from './texts'

/** A silence while it is written. Moments are as the browser's field has them, by the clocks of who writes. */
export interface SilenceDraft {
  name: string
  comment: string
  everything: boolean
  ruleIds: readonly string[]
  severities: readonly Severity[]
  accountIds: readonly string[]
  /** Of the one account that is chosen. */
  groupIds: readonly string[]
  peerIds: readonly string[]
  /** Empty: now, or as it was. */
  startsAt: string
  endsAt: string
  recurs: boolean
  days: readonly SilenceDay[]
  from: string
  minutes: string
  timeZone: string
  enabled: boolean
}

export const LIMITS = {
  name: limits.SilenceInput.name.maxLength,
  comment: limits.SilenceInput.comment.maxLength,
  minutes: limits.SilenceRecurrence.minutes.maximum,
  groups: limits.SilenceMatchersInput.groupIds.maxItems,
  peers: limits.SilenceMatchersInput.peerIds.maxItems,
} as const

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const LONGEST = { once: 90, recurring: 366 }

/** A moment as the browser's field has it: by the local clocks, to the minute. */
export function toField(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const date = `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${date}T${two(moment.getHours())}:${two(moment.getMinutes())}`
}

/** The moment of a field; none while nothing sensible is entered. */
function momentOf(field: string): string | undefined {
  const moment = Date.parse(field)
  return Number.isFinite(moment) ? new Date(moment).toISOString() : undefined
}

/** What an address prefills: one of each. */
export interface Prefill {
  rule?: string | undefined
  account?: string | undefined
  severity?: Severity | undefined
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value])

export const newDraft = ({ rule, account, severity }: Prefill, now = new Date()): SilenceDraft => ({
  name: '',
  comment: '',
  everything: false,
  ruleIds: some(rule),
  severities: some(severity),
  accountIds: some(account),
  groupIds: [],
  peerIds: [],
  startsAt: '',
  endsAt: toField(new Date(now.getTime() + 2 * HOUR)),
  recurs: false,
  days: [],
  from: '22:00',
  minutes: '120',
  timeZone: zoneHere(),
  enabled: true,
})

export const draftOf = ({ name, comment, matchers, startsAt, endsAt, recurrence, enabled }: Silence): SilenceDraft => ({
  ...newDraft({}),
  name,
  comment,
  ...matchers,
  startsAt: toField(new Date(startsAt)),
  endsAt: toField(new Date(endsAt)),
  enabled,
  ...(recurrence && { ...recurrence, recurs: true, minutes: String(recurrence.minutes) }),
})

const names = ({ everything, ruleIds, severities, accountIds }: SilenceDraft): boolean => everything || ruleIds.length + severities.length + accountIds.length > 0

/** What is wrong with what is muted and when. */
function wrong(draft: SilenceDraft, now = Date.now()): FieldErrors {
  const errors: Record<string, string> = {}
  if (!names(draft)) errors['/matchers'] = texts.wrong.nothingChosen
  if (draft.groupIds.length > LIMITS.groups) errors['/matchers/groupIds'] = texts.wrong.groups({ most: LIMITS.groups })
  if (draft.peerIds.length > LIMITS.peers) errors['/matchers/peerIds'] = texts.wrong.peers({ most: LIMITS.peers })
  const end = Date.parse(draft.endsAt)
  const start = draft.startsAt === '' ? now : Date.parse(draft.startsAt)
  const longest = draft.recurs ? LONGEST.recurring : LONGEST.once
  if (!Number.isFinite(end)) errors['/endsAt'] = texts.wrong.noEnd
  else if (end <= now) errors['/endsAt'] = texts.wrong.endIsPast
  else if (end <= start) errors['/endsAt'] = texts.wrong.endBeforeStart
  else if (end - start > longest * DAY) errors['/endsAt'] = texts.wrong.tooLong({ days: longest })
  if (!draft.recurs) return errors
  if (draft.days.length === 0) errors['/recurrence/days'] = texts.wrong.noDay
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(draft.from)) errors['/recurrence/from'] = texts.wrong.from
  const minutes = Number(draft.minutes)
  if (draft.minutes.trim() === '' || !Number.isInteger(minutes) || minutes < 1 || minutes > LIMITS.minutes) errors['/recurrence/minutes'] = texts.wrong.minutes({ most: LIMITS.minutes })
  return errors
}

/** Problems by the JSON pointer into the request, so that the API's own answers join them. */
export function validate(draft: SilenceDraft): FieldErrors {
  return { ...(draft.name.trim() === '' && { '/name': texts.wrong.name }), ...wrong(draft) }
}

/** What all that is chosen says together. Groups and peers are of one account. */
function matchers({ everything, ruleIds, severities, accountIds, groupIds, peerIds }: SilenceDraft): PreviewSilence['matchers'] {
  if (everything) return { everything }
  const isOfOne = accountIds.length === 1
  return {
    ruleIds: [...ruleIds],
    severities: [...severities],
    accountIds: [...accountIds],
    groupIds: isOfOne ? [...groupIds] : [],
    peerIds: isOfOne ? [...peerIds] : [],
  }
}

/** What is muted, and when. */
function muted(draft: SilenceDraft): PreviewSilence {
  const { days, from, timeZone } = draft
  const startsAt = momentOf(draft.startsAt)
  return {
    matchers: matchers(draft),
    ...(startsAt !== undefined && { startsAt }),
    endsAt: momentOf(draft.endsAt) ?? '',
    ...(draft.recurs && { recurrence: { days: [...days], from, minutes: Number(draft.minutes), timeZone } }),
  }
}

/** What of a draft can be asked about, once that is whole. */
export const toPreview = (draft: SilenceDraft): PreviewSilence | undefined => (Object.keys(wrong(draft)).length > 0 ? undefined : muted(draft))

/** The request that makes a silence of a draft, or changes one to it. */
export const toRequest = (draft: SilenceDraft): SilenceInput => ({ name: draft.name.trim(), comment: draft.comment.trim(), ...muted(draft), enabled: draft.enabled })
