import { api, expectPage } from '@/api/client'
import type { GroupsQuery, NetbirdUsersQuery, NetworksQuery, PoliciesQuery } from '@/api/types'
import { STALE } from './client'
import { usePagedList } from './pagedList'
import { given } from './pages'

type Filters<Query> = Omit<Query, 'limit' | 'cursor'>

const PAGE_SIZE = 200

/** NetBird's ids are unique within an account only. */
export const idInAccount = ({ accountId, id }: { accountId: string; id: string }): string => `${accountId}/${id}`

export const useGroups = (filters: Filters<GroupsQuery>) =>
  usePagedList({
    queryKey: ['groups', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useNetbirdUsers = (filters: Filters<NetbirdUsersQuery>) =>
  usePagedList({
    queryKey: ['netbird-users', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/users', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const usePolicies = (filters: Filters<PoliciesQuery>) =>
  usePagedList({
    queryKey: ['policies', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/policies', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useNetworks = (filters: Filters<NetworksQuery>) =>
  usePagedList({
    queryKey: ['networks', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/networks', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })
