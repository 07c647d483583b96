import { limits } from '@/api/__generated__/limits'
import type { AlertRoute, AlertRouteInput, Severity } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { texts } from './texts'

/** A route while it is written. */
export interface RouteDraft {
  name: string
  enabled: boolean
  ruleIds: readonly string[]
  severities: readonly Severity[]
  accountIds: readonly string[]
  /** Of the one account that is chosen. */
  groupIds: readonly string[]
  channelIds: readonly string[]
}

export const LIMITS = { name: limits.AlertRouteInput.name.maxLength, channels: limits.AlertRouteInput.channelIds.maxItems } as const

export const newDraft = (): RouteDraft => ({ name: '', enabled: true, ruleIds: [], severities: [], accountIds: [], groupIds: [], channelIds: [] })

export const draftOf = (route: AlertRoute): RouteDraft => ({ name: route.name, enabled: route.enabled, ...route.matchers, channelIds: [...route.channelIds] })

/** Problems by the JSON pointer into the request, so that the API's own answers join them. */
export const validate = ({ name, channelIds }: RouteDraft): FieldErrors => ({
  ...(name.trim() === '' && { '/name': texts.validate.nameRoute }),
  ...(channelIds.length === 0 && { '/channelIds': texts.validate.chooseAtLeastOne }),
  ...(channelIds.length > LIMITS.channels && { '/channelIds': texts.validate.atMostChannels({ channels: LIMITS.channels }) }),
})

/** What it matches, each of which is said. */
export const matchersIn = ({ ruleIds, severities, accountIds, groupIds }: RouteDraft): AlertRoute['matchers'] => ({
  ruleIds: [...ruleIds],
  severities: [...severities],
  accountIds: [...accountIds],
  groupIds: accountIds.length === 1 ? [...groupIds] : [],
})

/** The request that makes a route of a draft, or changes one to it. */
export const toRequest = (draft: RouteDraft): AlertRouteInput => ({ name: draft.name.trim(), enabled: draft.enabled, matchers: matchersIn(draft), channelIds: [...draft.channelIds] })

/** The same route, on or off. */
export const switched = (route: AlertRoute, enabled: boolean): AlertRouteInput => toRequest({ ...draftOf(route), enabled })
