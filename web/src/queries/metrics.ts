import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { MetricsQuery } from '@/api/types'
import { HOUR, MINUTE } from '@/lib/time'
import { every } from './client'
import { keys } from './keys'
import { given } from './pages'

export interface MetricsFilters {
  /** How far back from now. */
  hours: number
  series?: string | undefined
  /** By what peers are told apart. */
  by?: MetricsQuery['by'] | undefined
  accountId?: string | undefined
  resolution?: MetricsQuery['resolution']
}

/** Series up to now; those of the range before stay until the new ones come. */
export const metricsQuery = ({ hours, ...filters }: MetricsFilters) =>
  queryOptions({
    queryKey: keys.metrics.of(hours, given(filters)),
    queryFn: async ({ signal }) => {
      const from = new Date(Date.now() - hours * HOUR).toISOString()
      return expectData(await api.GET('/api/dashboard/metrics', { params: { query: given({ ...filters, from }) }, signal }))
    },
    placeholderData: keepPreviousData,
  })

/** Whether an account could be read in the last day, and what was offline: nothing that changes from one moment to the next. */
export const useHealthMetrics = (accountId: string, resolution: '1m' | '1h') =>
  useQuery({ ...metricsQuery({ hours: 24, series: 'peers_offline,sync_failures', accountId, resolution }), staleTime: HEALTH_MS, refetchInterval: every(HEALTH_MS) })

const HEALTH_MS = 5 * MINUTE

export const useMetrics = (filters: MetricsFilters) => useQuery(metricsQuery(filters))

export interface TrendsFilters {
  series?: string | undefined
  /** By what peers are told apart; without series, nothing else is told. */
  by?: MetricsQuery['by'] | undefined
  accountId?: string | undefined
}

/** Now against a day, a week, 30 and 90 days ago. */
export const useTrends = (filters: TrendsFilters) =>
  useQuery({
    queryKey: keys.trends.list(given(filters)),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/dashboard/trends', { params: { query: given(filters) }, signal })),
    placeholderData: keepPreviousData,
  })
