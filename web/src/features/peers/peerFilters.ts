import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import type { Filter, Option } from '@/components/list/definition'
import { PEER_STATUSES } from '@/components/status'
import type { Peer } from '@/api/types'
import { groupInAddress } from '@/lib/groupInAddress'
import { useGroupNames } from '@/queries/groups'
import { usePeerFacets, type PeerFacets } from '@/queries/peers'
import { texts } from './texts'

/** With the numbers of the accounts' last sync. */
function useStatuses(): readonly Option[] {
  const accounts = useAccountsInView()
  const count = (value: 'online' | 'offline' | 'unconfirmed') => (accounts.length > 0 ? accounts.reduce((sum, { peers }) => sum + peers[value], 0) : undefined)
  return PEER_STATUSES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon, count: count(value) }))
}

function useGroups(typed: string): readonly Option[] | undefined {
  return useGroupNames(typed, useAccountFilter())?.map((group) => ({ value: groupInAddress(group), label: group.name, count: group.peers }))
}

const optionsOf = (facets: PeerFacets | undefined, counts: 'systems' | 'versions'): readonly Option[] | undefined =>
  facets && [...facets[counts]].map(([value, count]) => ({ value, label: value, count: facets.isWhole ? count : undefined }))

function useSystems(): readonly Option[] | undefined {
  return optionsOf(usePeerFacets(useAccountFilter()), 'systems')
}

function useVersions(): readonly Option[] | undefined {
  return optionsOf(usePeerFacets(useAccountFilter()), 'versions')
}

const LOGINS: readonly Option[] = [
  { value: 'true', label: texts.filters.loginExpired },
  { value: 'false', label: texts.filters.loginValid },
]

const APPROVALS: readonly Option[] = [
  { value: 'true', label: texts.filters.waits },
  { value: 'false', label: texts.filters.approved },
]

const STATUS_WORDS = new Map<string, string>(PEER_STATUSES.map(({ value, word }) => [value, word.toLowerCase()]))

export const PEER_FILTERS: readonly Filter<Peer>[] = [
  { id: 'status', title: texts.list.status, several: true, useOptions: useStatuses, word: (value) => STATUS_WORDS.get(value) ?? value },
  { id: 'group', title: texts.filters.group, several: true, open: true, useOptions: useGroups },
  // There may be more of them than a page of peers tells, and a part of a name will do.
  { id: 'os', title: texts.list.os, open: true, useOptions: useSystems },
  { id: 'version', title: texts.list.version, open: true, useOptions: useVersions },
  { id: 'loginExpired', title: texts.filters.login, options: LOGINS },
  { id: 'approvalRequired', title: texts.filters.approval, options: APPROVALS },
]
