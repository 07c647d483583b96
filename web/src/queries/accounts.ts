import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { Account, AccountChange, NewAccount, TestConnection } from '@/api/types'
import { awaitSync, isAnyAwaited, noteEnded } from './awaitedSyncs'
import { every, refreshAfter, SECOND } from './client'
import { keys } from './keys'

/** While a sync that somebody waits for is under way, its progress is worth watching closely. */
const CLOSE_REFRESH_MS = 2 * SECOND

const isFirstSync = (account: Account) => Boolean(account.firstSync) || account.status === 'pending'

export const accountsQuery = queryOptions({
  queryKey: keys.accounts,
  queryFn: async ({ signal, client }) => {
    const accounts = expectData(await api.GET('/api/netbird/accounts', { signal }))
    // What the sync brought is on other pages' lists.
    if (noteEnded(accounts)) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.accounts[0] })
    return accounts
  },
  refetchInterval: (query) => {
    const { data } = query.state
    return data && (data.some(isFirstSync) || isAnyAwaited(data)) ? every(CLOSE_REFRESH_MS)(query) : refreshAfter(query)
  },
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

/** Pauses an account, or resumes it. */
export function useHoldAccount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, hold }: { id: string; hold: 'pause' | 'resume' }) => {
      const params = { path: { id } }
      return expectData(hold === 'pause' ? await api.POST('/api/netbird/accounts/{id}/pause', { params }) : await api.POST('/api/netbird/accounts/{id}/resume', { params }))
    },
    onSuccess: (account) => {
      client.setQueryData(accountsQuery.queryKey, (accounts) => accounts?.map((other) => (other.id === account.id ? account : other)))
      void client.invalidateQueries()
    },
  })
}

export function useSyncAccount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      const before = client.getQueryData(accountsQuery.queryKey)?.find((account) => account.id === id)
      const account = expectData(await api.POST('/api/netbird/accounts/{id}/sync', { params: { path: { id } } }))
      awaitSync(before ?? account)
      return account
    },
    onSuccess: (account) => {
      client.setQueryData(accountsQuery.queryKey, (accounts) => accounts?.map((other) => (other.id === account.id ? account : other)))
      void client.invalidateQueries()
    },
  })
}
