import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectPage } from '@/api/client'
import type { Group, GroupsQuery } from '@/api/types'
import { STALE } from './client'
import { keys } from './keys'
import { given } from './pages'

type GroupFilters = Pick<GroupsQuery, 'search' | 'accountId'>

/** More than one chooses from without typing. */
const SUGGESTED = 50
/** A name is searched for rather than scrolled to. */
const NAMED = 200

/** The first groups, by name, whose name has a text in it; the ones before until those come. */
const groupsQuery = (filters: GroupFilters, limit: number) =>
  queryOptions({
    queryKey: keys.foundGroups(filters, limit),
    queryFn: async ({ signal }) => expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ ...filters, limit }) }, signal })),
    staleTime: STALE.configuration,
    placeholderData: keepPreviousData,
    refetchInterval: false,
  })

/** The groups that match what is typed. */
export const useFoundGroups = (filters: GroupFilters) => useQuery(groupsQuery(filters, SUGGESTED))

/** A group's name, which several accounts may have, and how many peers are in those groups together. */
export interface GroupName {
  /** Of one of them. */
  id: string
  name: string
  peers: number
}

function named(groups: readonly Group[]): GroupName[] {
  const byName = new Map<string, GroupName>()
  for (const { id, name, peersCount } of groups) byName.set(name, { id, name, peers: (byName.get(name)?.peers ?? 0) + peersCount })
  return [...byName.values()]
}

/** The names of the groups that match; none where they cannot be read. */
export function useGroupNames(search: string, accountId: string | undefined): readonly GroupName[] | undefined {
  const query = groupsQuery(given({ search, accountId }), NAMED)
  const { data, isError } = useQuery({ ...query, select: ({ items }) => named(items) })
  return data ?? (isError ? [] : undefined)
}
