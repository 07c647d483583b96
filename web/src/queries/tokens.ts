import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { NewToken } from '@/api/types'
import { keys } from './keys'

const tokensQuery = (all: boolean) =>
  queryOptions({
    queryKey: keys.tokens.list(all),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/tokens', { params: { query: all ? { all } : {} }, signal })),
  })

/** One's own API tokens, or everybody's. */
export const useTokens = (all: boolean) => useQuery(tokensQuery(all))

export function useCreateToken() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: NewToken) => expectData(await api.POST('/api/tokens', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens.all }),
  })
}

export function useRevokeToken() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/tokens/{id}', { params: { path: { id } } }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens.all }),
  })
}
