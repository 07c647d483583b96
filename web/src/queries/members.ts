import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { NewInvitation, Role } from '@/api/types'
import { STALE } from './client'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export interface MemberFilters {
  search?: string
  role?: string
  status?: string
  sort?: string
}

const PAGE_SIZE = 100

export const useMembers = (filters: MemberFilters) =>
  usePagedList({
    queryKey: keys.members.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/users', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: ({ id }) => id,
  })

/** A name is searched for rather than scrolled to. */
const NAMED = 100

/** The members whose name or email has a text in it, by name or else by email; undefined until they are there. */
export const useMemberNames = (search: string, enabled = true) => useNames(search, 'active,inactive', enabled)

/** Those among them who can sign in. */
export const useActiveMembers = (search: string, enabled = true) => useNames(search, 'active', enabled)

function useNames(search: string, status: string, enabled: boolean): { id: string; name: string }[] | undefined {
  const { data } = useQuery({
    queryKey: keys.members.names(status, search),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/users', { params: { query: given({ search, status, limit: NAMED }) }, signal })),
    enabled,
    placeholderData: keepPreviousData,
  })
  return data?.map(({ id, name, email }) => ({ id, name: name || email }))
}

export const rolesQuery = queryOptions({
  queryKey: keys.roles,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/roles', { signal })),
  staleTime: STALE.configuration,
  refetchInterval: false,
})

export const useRoles = () => useQuery(rolesQuery)

function useMembersChange<Request, Result>(mutationFn: (request: Request) => Promise<Result>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: keys.tenant })
      await client.invalidateQueries({ queryKey: keys.members.all })
    },
  })
}

export const useInvite = () => useMembersChange(async (body: NewInvitation) => expectData(await api.POST('/api/users', { body })))

export const useUpdateMember = () =>
  useMembersChange(async ({ id, ...body }: { id: string; role?: Role; active?: boolean; password?: string; code?: string }) =>
    expectData(await api.PUT('/api/users/{id}', { params: { path: { id } }, body })),
  )

/** Takes a member out, or an invitation back. */
export const useRemoveMember = () =>
  useMembersChange(async (id: string) => {
    expectData(await api.DELETE('/api/users/{id}', { params: { path: { id } } }))
  })

export const useResendInvitation = () =>
  useMembersChange(async (id: string) => expectData(await api.POST('/api/users/{id}/invitation', { params: { path: { id } } })))

export const useTransferOwnership = () =>
  useMembersChange(async (body: { userId: string; password: string; code?: string }) => {
    expectData(await api.POST('/api/tenant/owner', { body }))
  })
