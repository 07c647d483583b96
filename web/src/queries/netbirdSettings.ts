import { useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { STALE } from './client'
import { keys } from './keys'

/** A connected account as its NetBird server has it: how the network is set. */
export const useNetbirdSettings = (accountId: string) =>
  useQuery({
    queryKey: keys.netbirdSettings(accountId),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/settings', { params: { query: { accountId } }, signal })),
    staleTime: STALE.configuration,
  })
