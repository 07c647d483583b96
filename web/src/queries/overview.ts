import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { keys } from './keys'
import { given } from './pages'

/** How things stand in one account, or over all. */
export const overviewQuery = (accountId?: string) =>
  queryOptions({
    queryKey: keys.overview.of(accountId),
    queryFn: async ({ signal }) =>
      expectData(await api.GET('/api/dashboard/overview', { params: { query: given({ accountId }) }, signal })),
    // The tab's title counts alerts for those who look at another.
    refetchIntervalInBackground: true,
  })

export const useOverview = (enabled = true, accountId?: string) => useQuery({ ...overviewQuery(accountId), enabled })
