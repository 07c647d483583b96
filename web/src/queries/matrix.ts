import { queryOptions } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AccessSearch } from '@/lib/accessEnds'
import { REFRESH_MS, STALE } from './client'
import { keys } from './keys'
import { given } from './pages'

export interface MatrixFilters {
  accountId: string | undefined
  protocol: AccessSearch['protocol']
  port: number | undefined
  /** NetBird's ids; without them the API chooses. */
  groups: readonly string[] | undefined
}

const keyOf = ({ accountId, protocol, port, groups }: MatrixFilters) => keys.accessMatrix(accountId, protocol, port, groups)

/** The API takes no more groups at once. */
export const MOST_GROUPS = 200

/** The ids of all groups of an account; of more than fit, the largest. By name, as they are shown. */
export const groupsThatFitQuery = (accountId: string | undefined) =>
  queryOptions({
    queryKey: keys.groupsThatFit(accountId),
    queryFn: async ({ signal }) => {
      const groups = expectData(await api.GET('/api/netbird/groups', { params: { query: given({ accountId, sort: '-peersCount' as const, limit: MOST_GROUPS }) }, signal }))
      return groups.toSorted((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true })).map(({ id }) => id)
    },
    enabled: accountId !== undefined,
    staleTime: STALE.configuration,
  })

/** Who reaches whom, group by group. It costs the API as much as many questions, so it is asked for as seldom as one. */
export const matrixQuery = (filters: MatrixFilters) =>
  queryOptions({
    queryKey: keyOf(filters),
    queryFn: async ({ signal }) => {
      const { accountId, protocol, port, groups } = filters
      return expectData(await api.GET('/api/access/matrix', { params: { query: given({ accountId, protocol, port, groups: groups?.join(',') }) }, signal }))
    },
    staleTime: STALE.configuration,
    // A network that is being read anew is soon read; whatever else failed is asked again by a press.
    refetchInterval: ({ state }) => (state.data !== undefined ? STALE.configuration : hasSlug(state.error, 'unavailable') ? REFRESH_MS : false),
    // What is shown of the same account stays, faded, until the narrowed one is there.
    placeholderData: (before, query) => (query?.queryKey[1] === keyOf(filters)[1] ? before : undefined),
  })
