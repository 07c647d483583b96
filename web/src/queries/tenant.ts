import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData, session } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { LeaveTenant, PutSso, TenantChange, UserProfile } from '@/api/types'
import { keys } from './keys'

const tenantQuery = queryOptions({
  queryKey: keys.tenant,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/tenant', { signal })),
})

export const useTenant = () => useQuery(tenantQuery)

export function useUpdateTenant() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: TenantChange) => expectData(await api.PUT('/api/tenant', { body })),
    onSuccess: async (tenant) => {
      client.setQueryData(tenantQuery.queryKey, tenant)
      // The name is in the user's profile too.
      session.update(expectData(await api.GET('/api/auth/profile')))
    },
  })
}

/** Makes a tenant and goes on in it, which takes whatever asked for it off the screen before it is told. */
export const useCreateTenant = (onMade: (name: string) => void) =>
  useMutation({
    mutationFn: async (name: string) => {
      const tenant = expectData(await api.POST('/api/tenants', { body: { name } }))
      await session.switchTenant(tenant.id)
      return tenant
    },
    onSuccess: (tenant) => onMade(tenant.name),
  })

/** Deletes the tenant, then tells in which other one the user is now; without one, they are signed out. */
export const useDeleteTenant = (onDeleted: (next: string | undefined) => void) =>
  useMutation({
    mutationFn: async (body: { password: string; code?: string; name: string }) => {
      const state = session.store.getState()
      expectData(await api.POST('/api/tenant/delete', { body }))
      if (state.status !== 'signed-in') return undefined
      const next = await goOnElsewhere(state.user)
      if (next === undefined) session.end(`${state.user.tenantName} is deleted.`)
      return next
    },
    // Of the hook, not of the call: what asked for it may be off the screen by then.
    onSuccess: onDeleted,
  })

/** Goes on where the user may once a tenant is not theirs any more, and says its name; undefined if that is nowhere. */
async function goOnElsewhere({ tenantId, tenants, signInMethod }: UserProfile): Promise<string | undefined> {
  // What single sign-on began ends with its tenant.
  const next = signInMethod === 'password' ? tenants.find(({ id }) => id !== tenantId) : undefined
  try {
    if (next) await session.switchTenant(next.id)
    return next?.name
  } catch {
    return undefined
  }
}

function farewell({ tenantName, tenants }: UserProfile, accountDeleted: boolean): string {
  if (accountDeleted) return `You left ${tenantName}, and your account is deleted.`
  return `You left ${tenantName}.${tenants.length > 1 ? ' Sign in to go on in another of your tenants.' : ''}`
}

/** Leaves the tenant, then tells in which other one the user is now; without one, they are signed out. */
export const useLeaveTenant = (onLeft: (next: string | undefined) => void) =>
  useMutation({
    mutationFn: async (body: LeaveTenant) => {
      const state = session.store.getState()
      const { accountDeleted } = expectData(await api.POST('/api/users/leave', { body }))
      if (state.status !== 'signed-in') return undefined
      const { user } = state
      const next = accountDeleted ? undefined : await goOnElsewhere(user)
      if (next === undefined) session.end(farewell(user, accountDeleted))
      return next
    },
    // Of the hook, not of the call: what asked for it may be off the screen by then.
    onSuccess: onLeft,
  })

const ssoQuery = queryOptions({
  queryKey: keys.sso,
  queryFn: async ({ signal }) => {
    try {
      return expectData(await api.GET('/api/tenant/sso', { signal }))
    } catch (error) {
      if (hasSlug(error, 'not-found')) return null
      throw error
    }
  },
  // What is being typed into the form must not be overtaken by what it was.
  refetchInterval: false,
})

/** How the tenant's people sign in at an identity provider; null where they do not. */
export const useSso = () => useQuery(ssoQuery)

export function usePutSso() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: PutSso) => expectData(await api.PUT('/api/tenant/sso', { body })),
    onSuccess: (settings) => {
      client.setQueryData(ssoQuery.queryKey, settings)
      void client.invalidateQueries({ queryKey: keys.tenant })
    },
  })
}

export function useDeleteSso() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      expectData(await api.DELETE('/api/tenant/sso'))
    },
    onSuccess: () => {
      client.setQueryData(ssoQuery.queryKey, null)
      void client.invalidateQueries({ queryKey: keys.tenant })
    },
  })
}
