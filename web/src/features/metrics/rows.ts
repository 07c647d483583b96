import type { DashboardMetrics } from '@/api/types'
import type { SeriesName } from '@/components/metrics/series'

/** A point of all series: a row of their table. */
export interface MetricsRow {
  time: string
  values: Readonly<Partial<Record<SeriesName, number | null>>>
}

/** Newest first. */
export function rowsOf({ series }: Pick<DashboardMetrics, 'series'>): MetricsRow[] {
  const times = series[0]?.points.map(({ time }) => time) ?? []
  return times.map((time, index) => ({ time, values: Object.fromEntries(series.map(({ name, points }) => [name, points[index]?.value ?? null])) })).reverse()
}
