import { infiniteQueryOptions, queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { PeersQuery } from '@/api/types'
import { STALE } from './client'
import { flatten, given, paging } from './pages'

export type PeerFilters = Omit<PeersQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 200

const peersQuery = (filters: PeerFilters) =>
  infiniteQueryOptions({
    queryKey: ['peers', filters],
    queryFn: async ({ pageParam, signal }) =>
      expectPage(
        await api.GET('/api/netbird/peers', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor: pageParam }) }, signal }),
      ),
    ...paging,
    staleTime: STALE.peers,
    select: flatten,
  })

export const usePeers = (filters: PeerFilters) =>
  useInfiniteQuery({ ...peersQuery(filters), placeholderData: (previous) => previous })

/** The few peers that match what is typed into the command palette. */
export const peerSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ['peer-search', search],
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/peers', { params: { query: { search, limit: 6 } }, signal })),
    refetchInterval: false,
  })
