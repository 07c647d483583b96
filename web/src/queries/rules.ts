import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { CreateAlertRule } from '@/api/types'
import { STALE } from './client'

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/rules', { signal })),
  staleTime: STALE.configuration,
})

export const useRules = (enabled = true) => useQuery({ ...rulesQuery, enabled })

export function useCreateRule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: CreateAlertRule) => expectData(await api.POST('/api/alerts/rules', { body })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['rules'] })
      void client.invalidateQueries({ queryKey: ['overview'] })
    },
  })
}
