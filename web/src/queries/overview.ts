import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'

export const overviewQuery = (accountId?: string) =>
  queryOptions({
    queryKey: ['overview', accountId ?? null],
    queryFn: async ({ signal }) =>
      expectData(await api.GET('/api/dashboard/overview', { params: { query: accountId ? { accountId } : {} }, signal })),
  })

export const useOverview = (accountId?: string, enabled = true) => useQuery({ ...overviewQuery(accountId), enabled })
