import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { limits } from '@/api/__generated__/limits'
import { api, expectData, expectPage } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Alert, AlertsQuery, BulkResult } from '@/api/types'
import { outdate, patiently } from './client'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type AlertFilters = Omit<AlertsQuery, 'limit' | 'cursor'>

export type AlertAction = 'acknowledge' | 'suppress' | 'reopen' | 'resolve'

const PAGE_SIZE = 100

const idOf = ({ id }: Alert): string => id

export const useAlerts = (filters: AlertFilters) =>
  usePagedList({
    queryKey: keys.alerts.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/alerts', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf,
  })

/** The newest active alerts, for the command palette. */
export const activeAlertsQuery = queryOptions({
  queryKey: keys.alerts.active,
  queryFn: async ({ signal }) =>
    expectData(await api.GET('/api/alerts', { params: { query: { status: 'open,acknowledged', limit: 50 } }, signal })),
})

/** Alerts that somebody is still to see to, whatever is done about them. */
const NOT_OVER = 'open,acknowledged,suppressed'
/** So many of those are told on a page of something else, and so many that are over. */
const TOLD = 20
const TOLD_OVER = 5

/** The alerts about a peer: those that are not over, then the last few that are. */
export const usePeerAlerts = (peerId: string, accountId: string) =>
  useQuery({
    queryKey: keys.alerts.ofPeer(accountId, peerId),
    queryFn: async ({ signal }) => {
      const of = async (status: string, limit: number) =>
        expectPage(await api.GET('/api/alerts', { params: { query: { peerId, accountId, status, limit } }, signal }))
      const [present, over] = await Promise.all([of(NOT_OVER, TOLD), of('resolved', TOLD_OVER)])
      return { items: [...present.items, ...over.items], hasMore: present.next !== null || over.next !== null }
    },
  })

const alertQuery = (id: string) =>
  queryOptions({
    queryKey: keys.alert.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/{id}', { params: { path: { id } }, signal })),
  })

/** One alert, shown at once when a list that was on screen before holds it. */
export function useAlert(id: string) {
  const client = useQueryClient()
  return useQuery({ ...alertQuery(id), placeholderData: () => listedAlert(client, id) })
}

function listedAlert(client: QueryClient, id: string): Alert | undefined {
  const lists = client.getQueriesData<{ items: Alert[] } | Alert[]>({ queryKey: keys.alerts.all })
  return lists.flatMap(([, list]) => (Array.isArray(list) ? list : (list?.items ?? []))).find((alert) => alert.id === id)
}

/** Every peer that an alert was ever about. */
export const useAlertPeers = (id: string) =>
  usePagedList({
    queryKey: keys.alert.peers(id),
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
  /** Told how many of them were looked at, where they are more than one request takes. */
  onProgress?: (tried: number) => void
}

/** An alert that was not changed, and why. */
export interface Unchanged {
  alert: Alert
  error: Error
}

/** What came of it, alert by alert. */
export interface AlertsChanged {
  done: Alert[]
  unchanged: Unchanged[]
}

type Step = Pick<AlertChange, 'action' | 'message' | 'until'>

/** As many go with one request. */
const MOST = limits.AlertsMessage.alertIds.maxItems

const said = (message: string) => (message.trim() === '' ? {} : { message: message.trim() })

async function changeOne({ action, message, until = '' }: Step, id: string): Promise<Alert> {
  const params = { path: { id } }
  const body = said(message)
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

async function changeMany({ action, message, until = '' }: Step, alertIds: string[], key: string): Promise<BulkResult> {
  const params = { header: { 'Idempotency-Key': key } }
  const body = { alertIds, ...said(message) }
  switch (action) {
    case 'acknowledge':
      return expectData(await api.POST('/api/alerts/acknowledge', { params, body }))
    case 'suppress':
      return expectData(await api.POST('/api/alerts/suppress', { params, body: { ...body, until } }))
    case 'reopen':
      return expectData(await api.POST('/api/alerts/reopen', { params, body }))
    case 'resolve':
      return expectData(await api.POST('/api/alerts/resolve', { params, body }))
  }
}

const errorOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** What a request with some of them says of each; where it failed as a whole, all of them stayed as they were. */
async function changeSome(step: Step, some: readonly Alert[]): Promise<AlertsChanged> {
  try {
    // The same key with each try: an answer that was lost on its way is given again, and nothing is done twice.
    const key = crypto.randomUUID()
    const { done, failed } = await patiently(() => changeMany(step, some.map(({ id }) => id), key), new AbortController().signal)
    const changed = new Set(done)
    const why = new Map(failed.map(({ id, ...problem }) => [id, new ApiProblem(problem.status, problem)]))
    return {
      done: some.filter(({ id }) => changed.has(id)),
      unchanged: some.filter(({ id }) => !changed.has(id)).map((alert) => ({ alert, error: why.get(alert.id) ?? new Error('The server did not say what came of it.') })),
    }
  } catch (error) {
    return { done: [], unchanged: some.map((alert) => ({ alert, error: errorOf(error) })) }
  }
}

/** Takes a step with alerts: one request for all that fit into it. Each that fails is named, and keeps no other from its change. */
export function useChangeAlerts() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ alerts, onProgress, ...step }: AlertChange): Promise<AlertsChanged> => {
      const [only] = alerts
      if (only && alerts.length === 1) {
        try {
          client.setQueryData(alertQuery(only.id).queryKey, await changeOne(step, only.id))
          return { done: [only], unchanged: [] }
        } catch (error) {
          return { done: [], unchanged: [{ alert: only, error: errorOf(error) }] }
        }
      }
      const changed: AlertsChanged = { done: [], unchanged: [] }
      for (let tried = 0; tried < alerts.length; tried += MOST) {
        onProgress?.(tried)
        const { done, unchanged } = await changeSome(step, alerts.slice(tried, tried + MOST))
        changed.done.push(...done)
        changed.unchanged.push(...unchanged)
      }
      return changed
    },
    onSettled: () => changed(client),
  })
}

function changed(client: QueryClient) {
  outdate(client, keys.alerts.all, keys.alert.all, keys.overview.all)
}

/** Says something of an alert, for whoever reads it later. */
export function useCommentAlert(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ message, key }: { message: string; key: string }) =>
      expectData(await api.POST('/api/alerts/{id}/comments', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body: { message } })),
    onSuccess: (step) => {
      client.setQueryData(alertQuery(id).queryKey, (alert) => alert && { ...alert, history: [...(alert.history ?? []), step] })
      void client.invalidateQueries({ queryKey: keys.alert.one(id) })
    },
  })
}
