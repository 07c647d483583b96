import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, expectPage } from '@/api/client'
import type { GroupsQuery, NameserversQuery, NetbirdUsersQuery, NetworksQuery, PoliciesQuery, PostureChecksQuery, RoutesQuery, SetupKeysQuery } from '@/api/types'
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

/** More than one chooses from without typing. */
const SUGGESTED = 50

/** The first users, by name, that a search finds; those before until they come. */
export const useFoundUsers = (filters: Pick<NetbirdUsersQuery, 'search' | 'accountId'>) =>
  useQuery({
    queryKey: ['found-users', filters],
    queryFn: async ({ signal }) => expectPage(await api.GET('/api/netbird/users', { params: { query: given({ ...filters, sort: 'name', limit: SUGGESTED }) }, signal })).items,
    staleTime: STALE.configuration,
    placeholderData: keepPreviousData,
    refetchInterval: false,
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

export const useRoutes = (filters: Filters<RoutesQuery>) =>
  usePagedList({
    queryKey: ['routes', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/routes', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useNameservers = (filters: Filters<NameserversQuery>) =>
  usePagedList({
    queryKey: ['nameservers', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/nameservers', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const usePostureChecks = (filters: Filters<PostureChecksQuery>) =>
  usePagedList({
    queryKey: ['posture-checks', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/posture-checks', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useSetupKeys = (filters: Filters<SetupKeysQuery>) =>
  usePagedList({
    queryKey: ['setup-keys', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/setup-keys', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })
