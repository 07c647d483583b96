import { queryOptions } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { TopologyQuery } from '@/api/types'
import { keys } from './keys'
import { given } from './pages'

type Filters = { [Key in keyof TopologyQuery]?: TopologyQuery[Key] | undefined }

/** One account's network as a graph; without an account, the oldest's. What is drawn of it stays while a group is opened or closed. */
export const topologyQuery = (filters: Filters) =>
  queryOptions({
    queryKey: keys.topology.of(filters),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/dashboard/topology', { params: { query: given(filters) }, signal })),
    placeholderData: (before, query) => (query?.queryKey[1] === (filters.accountId ?? 'oldest') ? before : undefined),
  })
