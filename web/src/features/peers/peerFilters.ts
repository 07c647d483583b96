import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import type { Filter, Option } from '@/components/list/definition'
import { PEER_STATUSES } from '@/components/status'
import type { Peer } from '@/api/types'
import { usePeerFacets } from '@/queries/peers'

/** With the numbers of the accounts' last sync. */
function useStatuses(): readonly Option[] {
  const accounts = useAccountsInView()
  const count = (value: 'online' | 'offline' | 'unconfirmed') => (accounts.length > 0 ? accounts.reduce((sum, { peers }) => sum + peers[value], 0) : undefined)
  return PEER_STATUSES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon, count: count(value) }))
}

const optionsOf = (counts: ReadonlyMap<string, number>, isWhole: boolean): readonly Option[] => [...counts].map(([value, count]) => ({ value, label: value, count: isWhole ? count : undefined }))

function useGroups(): readonly Option[] | undefined {
  const facets = usePeerFacets(useAccountFilter())
  return facets && optionsOf(facets.groups, facets.isWhole)
}

function useSystems(): readonly Option[] | undefined {
  const facets = usePeerFacets(useAccountFilter())
  return facets && optionsOf(facets.systems, facets.isWhole)
}

const STATUS_WORDS = new Map<string, string>(PEER_STATUSES.map(({ value, word }) => [value, word.toLowerCase()]))

export const PEER_FILTERS: readonly Filter<Peer>[] = [
  { id: 'status', title: 'Status', several: true, useOptions: useStatuses, word: (value) => STATUS_WORDS.get(value) ?? value },
  // NetBird may have more of both than a page of peers tells.
  { id: 'group', title: 'Group', open: true, useOptions: useGroups },
  { id: 'os', title: 'OS', open: true, useOptions: useSystems },
]
