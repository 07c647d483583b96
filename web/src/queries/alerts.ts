import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { Alert, AlertsQuery } from '@/api/types'
import { flatten, given, paging } from './pages'

export type AlertFilters = Omit<AlertsQuery, 'limit' | 'cursor'>

export type AlertAction = 'acknowledge' | 'resolve'

const PAGE_SIZE = 100

const alertsQuery = (filters: AlertFilters) =>
  infiniteQueryOptions({
    queryKey: ['alerts', filters],
    queryFn: async ({ pageParam, signal }) =>
      expectPage(await api.GET('/api/alerts', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor: pageParam }) }, signal })),
    ...paging,
    select: flatten,
  })

export const useAlerts = (filters: AlertFilters) =>
  useInfiniteQuery({ ...alertsQuery(filters), placeholderData: (previous) => previous })

/** The newest active alerts, for the command palette. */
export const activeAlertsQuery = queryOptions({
  queryKey: ['alerts', 'active'],
  queryFn: async ({ signal }) =>
    expectData(await api.GET('/api/alerts', { params: { query: { status: 'open,acknowledged', limit: 50 } }, signal })),
})

const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alert', id],
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/{id}', { params: { path: { id } }, signal })),
  })

/** One alert, shown at once when a list that was on screen before holds it. */
export function useAlert(id: string) {
  const client = useQueryClient()
  return useQuery({ ...alertQuery(id), placeholderData: () => listedAlert(client, id) })
}

function listedAlert(client: QueryClient, id: string): Alert | undefined {
  const lists = client.getQueriesData<{ pages: { items: Alert[] }[] } | Alert[]>({ queryKey: ['alerts'] })
  return lists
    .flatMap(([, list]) => (Array.isArray(list) ? list : (list?.pages.flatMap((page) => page.items) ?? [])))
    .find((alert) => alert.id === id)
}

interface AlertChange {
  action: AlertAction
  alerts: readonly Alert[]
  message: string
}

/** Acknowledges or resolves alerts one after another; those before a failure stay changed. */
export function useChangeAlerts() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ action, alerts, message }: AlertChange) => {
      const body = message.trim() === '' ? {} : { message: message.trim() }
      const changed: Alert[] = []
      for (const { id } of alerts) {
        const request = { params: { path: { id } }, body }
        const answer =
          action === 'acknowledge'
            ? await api.POST('/api/alerts/{id}/acknowledge', request)
            : await api.POST('/api/alerts/{id}/resolve', request)
        const alert = expectData(answer)
        client.setQueryData(alertQuery(id).queryKey, alert)
        changed.push(alert)
      }
      return changed
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['alerts'] })
      void client.invalidateQueries({ queryKey: ['alert'] })
      void client.invalidateQueries({ queryKey: ['overview'] })
    },
  })
}
