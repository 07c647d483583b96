import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: async ({ signal }) => expectData(await api.GET('/api/dashboard/overview', { signal })),
  // The tab's title counts alerts for those who look at another.
  refetchIntervalInBackground: true,
})

export const useOverview = (enabled = true) => useQuery({ ...overviewQuery, enabled })
