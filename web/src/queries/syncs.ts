import { useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { every, REFRESH_MS } from './client'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

const PAGE_SIZE = 50

/** An account's syncs that changed something, failed, or took unusually long, newest first. */
export const useSyncs = (accountId: string) =>
  usePagedList({
    queryKey: keys.syncs.of(accountId),
    fetchPage: async (cursor, signal) => {
      const params = { path: { id: accountId }, query: given({ limit: PAGE_SIZE, cursor }) }
      const { syncs, nextCursor } = expectData(await api.GET('/api/netbird/accounts/{id}/syncs', { params, signal }))
      return { items: syncs, total: null, next: nextCursor ?? null }
    },
    idOf: ({ startedAt }) => startedAt,
  })

/** Those that are in no log yet, since the newest that is. */
export const useQuietSyncs = (accountId: string) =>
  useQuery({
    queryKey: keys.syncs.quiet(accountId),
    queryFn: async ({ signal }) =>
      expectData(await api.GET('/api/netbird/accounts/{id}/syncs', { params: { path: { id: accountId }, query: { limit: 1 } }, signal })).quietSince,
    refetchInterval: every(REFRESH_MS),
  }).data
