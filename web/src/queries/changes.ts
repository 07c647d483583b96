import { useQuery } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { ChangesQuery } from '@/api/types'
import { fileOf } from './files'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type ChangeFilters = Omit<ChangesQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

/** What changed in an account's configuration; without an account, in the oldest's. */
export const useChanges = (filters: ChangeFilters) =>
  usePagedList({
    queryKey: keys.changes.list(filters),
    fetchPage: async (cursor, signal) => expectPage(await api.GET('/api/netbird/changes', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/changes', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: ({ id }) => id,
  })

/** One of them, with the whole of what changed. */
export const useChange = (id: string | undefined) =>
  useQuery({
    queryKey: keys.change.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/changes/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
    refetchInterval: false,
  })

/** The newest of one thing. */
export const useItemChanges = (asked: Required<Pick<ChangesQuery, 'resource' | 'itemId' | 'accountId' | 'limit'>>) =>
  useQuery({
    queryKey: keys.itemChanges.list(asked),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/netbird/changes', { params: { query: given(asked) }, signal })),
  })
