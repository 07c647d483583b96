import type { DashboardMetrics } from '@/api/types'

/** A point of all series: a row of their table. */
export interface MetricsRow {
  time: string
  /** By the names of the platform's own series, and the ids of the tenant's. */
  values: Readonly<Record<string, number | null>>
}

type Told = Pick<DashboardMetrics['series'][number], 'points'>

/** Newest first. */
export function rowsOf({ series, own }: Pick<DashboardMetrics, 'series' | 'own'>): MetricsRow[] {
  const all: [string, Told][] = [...series.map((one): [string, Told] => [one.name, one]), ...own.map((one): [string, Told] => [one.id, one])]
  const times = all[0]?.[1].points.map(({ time }) => time) ?? []
  return times.map((time, index) => ({ time, values: Object.fromEntries(all.map(([key, { points }]) => [key, points[index]?.value ?? null])) })).reverse()
}
