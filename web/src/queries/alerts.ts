import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { Alert, AlertsQuery } from '@/api/types'
import { atMost } from '@/lib/atMost'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type AlertFilters = Omit<AlertsQuery, 'limit' | 'cursor'>

export type AlertAction = 'acknowledge' | 'resolve'

const PAGE_SIZE = 100

const idOf = ({ id }: Alert): string => id

export const useAlerts = (filters: AlertFilters) =>
  usePagedList({
    queryKey: ['alerts', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/alerts', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf,
  })

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
  const lists = client.getQueriesData<{ items: Alert[] } | Alert[]>({ queryKey: ['alerts'] })
  return lists.flatMap(([, list]) => (Array.isArray(list) ? list : (list?.items ?? []))).find((alert) => alert.id === id)
}

interface AlertChange {
  action: AlertAction
  alerts: readonly Alert[]
  message: string
}

/** An alert that was not changed, and why. */
export interface Unchanged {
  alert: Alert
  error: Error
}

/** The API changes one alert a request. */
const AT_ONCE = 4

async function changeOne(action: AlertAction, id: string, message: string): Promise<Alert> {
  const request = { params: { path: { id } }, body: message.trim() === '' ? {} : { message: message.trim() } }
  return expectData(action === 'acknowledge' ? await api.POST('/api/alerts/{id}/acknowledge', request) : await api.POST('/api/alerts/{id}/resolve', request))
}

/** Acknowledges or resolves alerts, a few at a time; each that fails is named, and keeps no other from its change. */
export function useChangeAlerts() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ action, alerts, message }: AlertChange): Promise<Unchanged[]> => {
      const unchanged: Unchanged[] = []
      await atMost(AT_ONCE, alerts, async (alert) => {
        try {
          client.setQueryData(alertQuery(alert.id).queryKey, await changeOne(action, alert.id, message))
        } catch (error) {
          unchanged.push({ alert, error: error instanceof Error ? error : new Error(String(error)) })
        }
      })
      return unchanged
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['alerts'] })
      void client.invalidateQueries({ queryKey: ['alert'] })
      void client.invalidateQueries({ queryKey: ['overview'] })
    },
  })
}
