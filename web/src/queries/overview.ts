import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: async ({ signal }) => expectData(await api.GET('/api/dashboard/overview', { signal })),
})

export const useOverview = (enabled = true) => useQuery({ ...overviewQuery, enabled })
