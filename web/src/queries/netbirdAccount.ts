import { useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { STALE } from './client'

/** A connected account as its NetBird server has it: how the network is set. */
export const useNetbirdAccount = (accountId: string) =>
  useQuery({
    queryKey: ['netbird-account', accountId],
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/account', { params: { query: { accountId } }, signal })),
    staleTime: STALE.configuration,
  })
