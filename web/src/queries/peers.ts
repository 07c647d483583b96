import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { Peer, PeersQuery } from '@/api/types'
import { newestVersion } from '@/lib/versions'
import { STALE } from './client'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type PeerFilters = Omit<PeersQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 200
/** Builds that are no release sort among the newest. */
const NEWEST = 50

const idOf = ({ accountId, id }: Peer): string => `${accountId}/${id}`

export const usePeers = (filters: PeerFilters) =>
  usePagedList({
    queryKey: ['peers', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/peers', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf,
    staleTime: STALE.peers,
  })

/** The newest version of NetBird that any peer runs: what is behind does not depend on what is listed. */
const newestVersionQuery = queryOptions({
  queryKey: ['newest-version'],
  queryFn: async ({ signal }) => {
    const peers = expectData(await api.GET('/api/netbird/peers', { params: { query: { sort: '-version', limit: NEWEST } }, signal }))
    return newestVersion(peers.map(({ version }) => version)) ?? null
  },
  staleTime: STALE.configuration,
  refetchInterval: false,
})

export const useNewestVersion = () => useQuery(newestVersionQuery).data ?? undefined

/** The few peers that match what is typed into the command palette. */
export const peerSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ['peer-search', search],
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/peers', { params: { query: { search, limit: 6 } }, signal })),
    refetchInterval: false,
  })
