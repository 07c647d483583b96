import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, expectPage } from '@/api/client'
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
