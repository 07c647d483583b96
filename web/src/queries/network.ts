import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, expectPage } from '@/api/client'
import type { GroupsQuery, NameserversQuery, NetbirdUsersQuery, NetworksQuery, PoliciesQuery, PostureChecksQuery, RoutesQuery, SetupKeysQuery } from '@/api/types'
import { STALE } from './client'
import { fileOf } from './files'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

type Filters<Query> = Omit<Query, 'limit' | 'cursor'>

const PAGE_SIZE = 200

/** NetBird's ids are unique within an account only. */
export const idInAccount = ({ accountId, id }: { accountId: string; id: string }): string => `${accountId}/${id}`

export const useGroups = (filters: Filters<GroupsQuery>) =>
  usePagedList({
    queryKey: keys.groups.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/groups', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useNetbirdUsers = (filters: Filters<NetbirdUsersQuery>) =>
  usePagedList({
    queryKey: keys.netbirdUsers.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/users', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/users', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

/** More than one chooses from without typing. */
const SUGGESTED = 50

/** The first users, by name, that a search finds; those before until they come. */
export const useFoundUsers = (filters: Pick<NetbirdUsersQuery, 'search' | 'accountId'>) =>
  useQuery({
    queryKey: keys.foundUsers.list(filters),
    queryFn: async ({ signal }) => expectPage(await api.GET('/api/netbird/users', { params: { query: given({ ...filters, sort: 'name', limit: SUGGESTED }) }, signal })).items,
    staleTime: STALE.configuration,
    placeholderData: keepPreviousData,
    refetchInterval: false,
  })

export const usePolicies = (filters: Filters<PoliciesQuery>) =>
  usePagedList({
    queryKey: keys.policies.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/policies', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/policies', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useNetworks = (filters: Filters<NetworksQuery>) =>
  usePagedList({
    queryKey: keys.networks.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/networks', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/networks', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useRoutes = (filters: Filters<RoutesQuery>) =>
  usePagedList({
    queryKey: keys.routes.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/routes', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/routes', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useNameservers = (filters: Filters<NameserversQuery>) =>
  usePagedList({
    queryKey: keys.nameservers.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/nameservers', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/nameservers', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const usePostureChecks = (filters: Filters<PostureChecksQuery>) =>
  usePagedList({
    queryKey: keys.postureChecks.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/posture-checks', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/posture-checks', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })

export const useSetupKeys = (filters: Filters<SetupKeysQuery>) =>
  usePagedList({
    queryKey: keys.setupKeys.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/setup-keys', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/setup-keys', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: idInAccount,
    staleTime: STALE.configuration,
  })
