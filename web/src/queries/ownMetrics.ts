import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { outdate } from './client'
import { keys } from './keys'
import { given } from './pages'

/** What the tenant pushed, by account. */
export const useOwnMetrics = (accountId: string | undefined, enabled = true) =>
  useQuery({
    queryKey: keys.ownMetrics.of(accountId),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/metrics', { params: { query: given({ accountId }) }, signal })),
    enabled,
  })

export function useRemoveOwnMetric() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/metrics/{id}', { params: { path: { id } } }))
    },
    onSuccess: () => {
      outdate(client, keys.ownMetrics.all, keys.metrics.all)
    },
  })
}
