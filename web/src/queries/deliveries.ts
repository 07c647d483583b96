import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { DeliveriesQuery } from '@/api/types'
import { every, outdate, REFRESH_MS } from './client'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type DeliveryFilters = Omit<DeliveriesQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

export const useDeliveries = (filters: DeliveryFilters) =>
  usePagedList({
    queryKey: keys.deliveries.list(filters),
    fetchPage: async (cursor, signal) => {
      const { deliveries, nextCursor } = expectData(await api.GET('/api/alerts/deliveries', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal }))
      return { items: deliveries, total: null, next: nextCursor ?? null }
    },
    idOf: ({ id }) => id,
  })

/** One that no list on screen has. */
export const useDelivery = (id: string | undefined) =>
  useQuery({
    queryKey: keys.deliveries.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/deliveries/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
    refetchInterval: every(REFRESH_MS),
  }).data ?? undefined

/** The newest few. */
export const useLatestDeliveries = (filters: DeliveryFilters, limit: number) =>
  useQuery({
    queryKey: keys.deliveries.latest(filters, limit),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/deliveries', { params: { query: given({ ...filters, limit }) }, signal })).deliveries,
    refetchInterval: every(REFRESH_MS),
  })

/** Tries at once what was given up. */
export function useSendAgain() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.POST('/api/alerts/deliveries/{id}/send-again', { params: { path: { id } } }))
    },
    // A refusal says that it stands otherwise than the list has it.
    onSettled: () => {
      outdate(client, keys.deliveries.all, keys.alerts.all, keys.alert.all)
    },
  })
}
