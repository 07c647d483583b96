import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { AlertRule, CreateAlertRule } from '@/api/types'
import { STALE } from './client'
import { given } from './pages'

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: async ({ signal }) => {
    const rules: AlertRule[] = []
    let cursor: string | undefined
    do {
      const page = expectPage(await api.GET('/api/alerts/rules', { params: { query: given({ limit: 1000, cursor }) }, signal }))
      rules.push(...page.items)
      cursor = page.next ?? undefined
    } while (cursor)
    return rules
  },
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
