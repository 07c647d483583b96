import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { GroupsQuery } from '@/api/types'
import { STALE } from './client'
import { given } from './pages'

export type GroupFilters = Pick<GroupsQuery, 'search' | 'accountId'>

/** More than one chooses from without typing. */
const SUGGESTED = 50

/** The groups that match what is typed, by name. */
export const useGroups = (filters: GroupFilters) =>
  useQuery({
    queryKey: ['groups', filters],
    queryFn: async ({ signal }) => expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ ...filters, limit: SUGGESTED }) }, signal })),
    staleTime: STALE.configuration,
    placeholderData: keepPreviousData,
    refetchInterval: false,
  })

/** A name is searched for rather than scrolled to. */
const PAGE_SIZE = 200

/** A group's name, which several accounts may have, and how many peers are in those groups together. */
export interface GroupName {
  name: string
  peers: number
}

const groupNamesQuery = (filters: Pick<GroupsQuery, 'search' | 'accountId'>) =>
  queryOptions({
    queryKey: ['group-names', filters],
    queryFn: async ({ signal }): Promise<GroupName[]> => {
      const groups = expectData(await api.GET('/api/netbird/groups', { params: { query: given({ ...filters, limit: PAGE_SIZE }) }, signal }))
      const peers = new Map<string, number>()
      for (const { name, peersCount } of groups) peers.set(name, (peers.get(name) ?? 0) + peersCount)
      return [...peers].map(([name, count]) => ({ name, peers: count }))
    },
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

/** The first groups whose name has a text in it; the ones before until those come, and none where they cannot be read. */
export function useGroupNames(search: string, accountId: string | undefined): readonly GroupName[] | undefined {
  const { data, isError } = useQuery({ ...groupNamesQuery(given({ search, accountId })), placeholderData: keepPreviousData })
  return data ?? (isError ? [] : undefined)
}
