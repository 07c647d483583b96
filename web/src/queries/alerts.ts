import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { Alert, AlertsQuery } from '@/api/types'
import { atMost } from '@/lib/atMost'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type AlertFilters = Omit<AlertsQuery, 'limit' | 'cursor'>

export type AlertAction = 'acknowledge' | 'suppress' | 'reopen' | 'resolve'

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

/** Every peer that an alert was ever about. */
export const useAlertPeers = (id: string) =>
  usePagedList({
    queryKey: ['alert', id, 'peers'],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/alerts/{id}/peers', { params: { path: { id }, query: given({ limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: (peer) => peer.id,
  })

interface AlertChange {
  action: AlertAction
  alerts: readonly Alert[]
  message: string
  /** Until when they are suppressed, if that is what is to be done. */
  until?: string
}

/** An alert that was not changed, and why. */
export interface Unchanged {
  alert: Alert
  error: Error
}

/** The API changes one alert a request. */
const AT_ONCE = 4

async function changeOne({ action, message, until = '' }: Omit<AlertChange, 'alerts'>, id: string): Promise<Alert> {
  const params = { path: { id } }
  const body = message.trim() === '' ? {} : { message: message.trim() }
  switch (action) {
    case 'acknowledge':
      return expectData(await api.POST('/api/alerts/{id}/acknowledge', { params, body }))
    case 'suppress':
      return expectData(await api.POST('/api/alerts/{id}/suppress', { params, body: { ...body, until } }))
    case 'reopen':
      return expectData(await api.POST('/api/alerts/{id}/reopen', { params, body }))
    case 'resolve':
      return expectData(await api.POST('/api/alerts/{id}/resolve', { params, body }))
  }
}

/** Takes a step with alerts, a few at a time; each that fails is named, and keeps no other from its change. */
export function useChangeAlerts() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ alerts, ...change }: AlertChange): Promise<Unchanged[]> => {
      const unchanged: Unchanged[] = []
      await atMost(AT_ONCE, alerts, async (alert) => {
        try {
          client.setQueryData(alertQuery(alert.id).queryKey, await changeOne(change, alert.id))
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
