import type { DashboardMetrics } from '@/api/types'
import { timeWords } from '@/components/metrics/series'
import { plural } from '@/lib/numbers'

export interface HealthHour {
  at: string
  state: 'well' | 'failed' | 'unknown'
  words: string
}

/** How reading an account went, hour by hour: minutes with a failed sync. */
export function healthHours({ series }: DashboardMetrics): HealthHour[] {
  const failures = series.find(({ name }) => name === 'sync_failures')
  return (failures?.points ?? []).map(({ time, value }) => {
    const [state, what] =
      typeof value !== 'number' ? (['unknown', 'nothing known'] as const) : value > 0 ? (['failed', `failed in ${plural(Math.ceil(value), 'minute')}`] as const) : (['well', 'read without a failure'] as const)
    return { at: time, state, words: `${timeWords(Date.parse(time), '1h')}: ${what}` }
  })
}

const PARTS = [
  { state: 'well', rest: 'without a failure' },
  { state: 'failed', rest: 'with one' },
  { state: 'unknown', rest: 'of which nothing is known' },
] as const

/** The hours in one sentence. */
export function healthWords(hours: readonly HealthHour[]): string {
  const parts = PARTS.map(({ state, rest }) => ({ rest, count: hours.filter((hour) => hour.state === state).length }))
  return parts
    .filter(({ count }) => count > 0)
    .map(({ count, rest }) => `${plural(count, 'hour')} ${rest}`)
    .join(', ')
}
