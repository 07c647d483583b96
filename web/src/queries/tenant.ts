import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage, session } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { PutSso } from '@/api/types'
import { given } from './pages'

const tenantQuery = queryOptions({
  queryKey: ['tenant'],
  queryFn: async ({ signal }) => expectData(await api.GET('/api/tenant', { signal })),
})

export const useTenant = () => useQuery(tenantQuery)

export function useRenameTenant() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (name: string) => expectData(await api.PUT('/api/tenant', { body: { name } })),
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

export const useDeleteTenant = () =>
  useMutation({
    mutationFn: async (body: { password: string; code?: string; name: string }) => {
      expectData(await api.POST('/api/tenant/delete', { body }))
    },
  })

const ssoQuery = queryOptions({
  queryKey: ['sso'],
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
      void client.invalidateQueries({ queryKey: ['tenant'] })
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
      void client.invalidateQueries({ queryKey: ['tenant'] })
    },
  })
}

const AUDIT_PAGE = 1000

/** The whole audit trail as NDJSON, newest first, read page by page. */
export async function readAuditTrail(onProgress: (read: number) => void, signal: AbortSignal): Promise<string[]> {
  const lines: string[] = []
  let cursor: string | undefined
  do {
    const page = expectPage(await api.GET('/api/audit/logs', { params: { query: given({ limit: AUDIT_PAGE, cursor }) }, signal }))
    for (const entry of page.items) lines.push(`${JSON.stringify(entry)}\n`)
    onProgress(lines.length)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return lines
}
