import { useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { hasSlug } from '@/api/problem'
import { asksAgain } from './access'
import { REFRESH_MS, STALE } from './client'
import { keys } from './keys'
import { given } from './pages'

export interface AskedSince {
  /** Without it, the oldest is meant. */
  accountId: string | undefined
  /** A moment. */
  since: string
}

/** What opened and closed since a moment, and who changed what. As dear as a difference, and asked as seldom. */
export const useAccessSince = (asked: AskedSince | undefined) =>
  useQuery({
    queryKey: keys.accessSince(asked?.accountId, asked?.since),
    queryFn: async ({ signal }) => {
      if (!asked) throw new Error('nothing is asked')
      return expectData(await api.GET('/api/access/since', { params: { query: { ...given({ accountId: asked.accountId }), since: asked.since } }, signal }))
    },
    enabled: asked !== undefined,
    staleTime: STALE.configuration,
    refetchInterval: ({ state }) => (state.data !== undefined ? STALE.configuration : hasSlug(state.error, 'unavailable') ? REFRESH_MS : false),
    retry: (failures, error) => asksAgain(failures, error),
    placeholderData: (before, query) => (query?.queryKey[1] === asked?.accountId ? before : undefined),
  })
