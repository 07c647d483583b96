import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { Peer, PeersQuery } from '@/api/types'
import { newestVersion } from '@/lib/versions'
import { refreshAfter, STALE } from './client'
import { fileOf } from './files'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type PeerFilters = Omit<PeersQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 200
/** Builds that are no release sort among the newest. */
const NEWEST = 50

const idOf = ({ accountId, id }: Peer): string => `${accountId}/${id}`

export const usePeers = (filters: PeerFilters) =>
  usePagedList({
    queryKey: keys.peers.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/peers', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/peers', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf,
    staleTime: STALE.peers,
  })

export const usePeer = (id: string, accountId: string | undefined, enabled = true) =>
  useQuery({
    queryKey: keys.peer.one(id, accountId),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/peers/{id}', { params: { path: { id }, query: given({ accountId }) }, signal })),
    staleTime: STALE.peers,
    enabled,
  })

/** More than one chooses from without typing. */
const SUGGESTED = 50

/** The first peers, by name, that a search finds; those before until they come. */
export const useFoundPeers = (filters: Pick<PeersQuery, 'search' | 'accountId'>) =>
  useQuery({
    queryKey: keys.foundPeers.list(filters),
    queryFn: async ({ signal }) => expectPage(await api.GET('/api/netbird/peers', { params: { query: given({ ...filters, sort: 'name' as const, limit: SUGGESTED }) }, signal })).items,
    staleTime: STALE.peers,
    placeholderData: keepPreviousData,
    refetchInterval: false,
  })

/** What a peer is called; undefined while nobody knows. */
export const usePeerName = (id: string | undefined, accountId: string | undefined) =>
  useQuery({
    queryKey: keys.peer.one(id, accountId),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/peers/{id}', { params: { path: { id: id ?? '' }, query: given({ accountId }) }, signal })),
    staleTime: STALE.peers,
    enabled: id !== undefined,
    select: ({ name }) => name,
  }).data

/** As long as the platform keeps what peers did. */
const HISTORY_DAYS = 90

export const usePeerHistory = (id: string, accountId: string | undefined) =>
  useQuery({
    queryKey: keys.peerHistory.one(id, accountId),
    queryFn: async ({ signal }) =>
      expectData(await api.GET('/api/netbird/peers/{id}/history', { params: { path: { id }, query: given({ accountId, days: HISTORY_DAYS }) }, signal })),
    staleTime: STALE.peers,
  })

/** What a peer did in a span, as far as that is over. */
export const usePeerHistoryIn = (id: string, accountId: string, { from, to }: { from: number; to: number }) =>
  useQuery({
    queryKey: keys.peerHistory.between(id, accountId, from, to),
    queryFn: async ({ signal }) =>
      expectData(await api.GET('/api/netbird/peers/{id}/history', { params: { path: { id }, query: { accountId, from: new Date(from).toISOString(), to: new Date(to).toISOString() } }, signal })),
    staleTime: STALE.peers,
    // Once all of it is over it stays as it is.
    refetchInterval: (query) => (query.state.data && Date.parse(query.state.data.to) >= to ? false : refreshAfter(query)),
    // What a strip shows stays while another reach of it is asked for, as when its alert ends.
    placeholderData: (shown) => (shown?.peerId === id ? shown : undefined),
  })

/** The newest version of NetBird that any peer runs: what is behind does not depend on what is listed. */
const newestVersionQuery = queryOptions({
  queryKey: keys.newestVersion,
  queryFn: async ({ signal }) => {
    const peers = expectData(await api.GET('/api/netbird/peers', { params: { query: { sort: '-version', limit: NEWEST } }, signal }))
    return newestVersion(peers.map(({ version }) => version)) ?? null
  },
  staleTime: STALE.configuration,
  refetchInterval: false,
})

export const useNewestVersion = () => useQuery(newestVersionQuery).data ?? undefined

/** The API's longest page. */
const SAMPLE = 1000

/** What there is to filter by, of as many peers as one page holds; how many have it only where that is all of them. */
export interface PeerFacets {
  systems: ReadonlyMap<string, number>
  versions: ReadonlyMap<string, number>
  isWhole: boolean
}

function tally(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return new Map([...counts].sort(([one], [other]) => one.localeCompare(other)))
}

const peerFacetsQuery = (accountId: string | undefined) =>
  queryOptions({
    queryKey: keys.peerFacets.of(accountId),
    queryFn: async ({ signal }): Promise<PeerFacets> => {
      const { items, next } = expectPage(await api.GET('/api/netbird/peers', { params: { query: given({ accountId, limit: SAMPLE }) }, signal }))
      return { systems: tally(items.map(({ os }) => os)), versions: tally(items.map(({ version }) => version)), isWhole: next === null }
    },
    refetchInterval: false,
  })

export const usePeerFacets = (accountId: string | undefined) => useQuery(peerFacetsQuery(accountId)).data

/** The few peers that match what is typed into the command palette. */
export const peerSearchQuery = (search: string) =>
  queryOptions({
    queryKey: keys.peerSearch(search),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/peers', { params: { query: { search, limit: 6 } }, signal })),
    refetchInterval: false,
  })

/** The first few peers of a group. */
export const useGroupPeers = (group: string, accountId: string, limit: number) =>
  useQuery({
    queryKey: keys.groupPeers(accountId, group, limit),
    queryFn: async ({ signal }) => expectPage(await api.GET('/api/netbird/peers', { params: { query: { group, accountId, limit } }, signal })),
    staleTime: STALE.peers,
  })
