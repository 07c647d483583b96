import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { Account, AccountChange, NewAccount, TestConnection } from '@/api/types'
import { REFRESH_MS, SECOND } from './client'

/** While a first sync runs its progress is worth watching closely. */
const FIRST_SYNC_REFRESH_MS = 2 * SECOND

const isFirstSync = (account: Account) => Boolean(account.firstSync) || account.status === 'pending'

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/accounts', { signal })),
  refetchInterval: ({ state }) => (state.data?.some(isFirstSync) ? FIRST_SYNC_REFRESH_MS : REFRESH_MS),
})

export const useAccounts = (enabled = true) => useQuery({ ...accountsQuery, enabled })

export function useTestConnection() {
  return useMutation({
    mutationFn: async (body: TestConnection) => expectData(await api.POST('/api/netbird/accounts/test', { body })),
  })
}

export function useConnectAccount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: NewAccount) => expectData(await api.POST('/api/netbird/accounts', { body })),
    onSuccess: (account) => {
      client.setQueryData(accountsQuery.queryKey, (accounts) => [...(accounts ?? []), account])
      void client.invalidateQueries()
    },
  })
}

export function useUpdateAccount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, change }: { id: string; change: AccountChange }) =>
      expectData(await api.PUT('/api/netbird/accounts/{id}', { params: { path: { id } }, body: change })),
    onSuccess: (account) => {
      client.setQueryData(accountsQuery.queryKey, (accounts) => accounts?.map((other) => (other.id === account.id ? account : other)))
      void client.invalidateQueries()
    },
  })
}

export function useDeleteAccount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/netbird/accounts/{id}', { params: { path: { id } } }))
    },
    onSuccess: (_, id) => {
      client.setQueryData(accountsQuery.queryKey, (accounts) => accounts?.filter((account) => account.id !== id))
      void client.invalidateQueries()
    },
  })
}

export function useSyncAccount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => expectData(await api.POST('/api/netbird/accounts/{id}/sync', { params: { path: { id } } })),
    onSuccess: (account) => {
      client.setQueryData(accountsQuery.queryKey, (accounts) => accounts?.map((other) => (other.id === account.id ? account : other)))
      void client.invalidateQueries()
    },
  })
}
