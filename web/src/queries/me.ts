import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData, session } from '@/api/client'
import { keys } from './keys'

/** The signed-in person's own account. */

async function reloadProfile(): Promise<void> {
  session.update(expectData(await api.GET('/api/auth/profile')))
}

export const useRename = () =>
  useMutation({
    mutationFn: async (name: string) => expectData(await api.PUT('/api/auth/profile', { body: { name } })),
    onSuccess: session.update,
  })

export const useChangeEmail = () =>
  useMutation({
    mutationFn: async (body: { email: string; password: string; code?: string }) => {
      expectData(await api.POST('/api/auth/email', { body }))
    },
  })

export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { currentPassword: string; newPassword: string; code?: string }) => {
      expectData(await api.POST('/api/auth/password', { body }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sessions }),
  })
}

export const useBeginSecondFactor = () =>
  useMutation({ mutationFn: async (password: string) => expectData(await api.POST('/api/auth/second-factor', { body: { password } })) })

export const useEnableSecondFactor = () =>
  useMutation({
    mutationFn: async (code: string) => expectData(await api.POST('/api/auth/second-factor/enable', { body: { code } })),
    onSuccess: reloadProfile,
  })

export const useRenewRecoveryCodes = () =>
  useMutation({
    mutationFn: async (body: { password: string; code: string }) => expectData(await api.POST('/api/auth/second-factor/recovery-codes', { body })),
    onSuccess: reloadProfile,
  })

export const useDisableSecondFactor = () =>
  useMutation({
    mutationFn: async (body: { password: string; code: string }) => {
      expectData(await api.POST('/api/auth/second-factor/disable', { body }))
    },
    onSuccess: reloadProfile,
  })

const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/auth/sessions', { signal })),
})

export const useSessions = () => useQuery(sessionsQuery)

/** Ends one session, or without an id all but this one. */
export function useRevokeSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string | undefined) => {
      expectData(id === undefined ? await api.DELETE('/api/auth/sessions') : await api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } }))
    },
    onSuccess: (_, id) => {
      client.setQueryData(sessionsQuery.queryKey, (sessions) => sessions?.filter((one) => (id === undefined ? one.current : one.id !== id)))
      return client.invalidateQueries({ queryKey: keys.sessions })
    },
  })
}
