import { expect, test } from 'vitest'
import type { DashboardMetrics } from '@/api/types'
import { healthHours, healthWords } from './healthHours'

const metrics = (values: (number | null)[]): DashboardMetrics => ({
  from: '2026-11-28T12:00:00Z',
  to: '2026-11-29T12:00:00Z',
  resolution: '1h',
  accounts: 1,
  accountsWithoutData: [],
  own: [],
  asOf: '2026-11-29T12:00:00Z',
  series: [
    {
      name: 'sync_failures',
      unit: 'minutes',
      combined: 'sum',
      points: values.map((value, hour) => ({ time: new Date(Date.UTC(2026, 10, 28, 12 + hour)).toISOString(), value, samples: value === null ? 0 : 60, accounts: value === null ? 0 : 1 })),
    },
  ],
})

test('an hour is well, failed for some minutes, or not known', () => {
  const hours = healthHours(metrics([0, 3, null]))
  expect(hours.map(({ state }) => state)).toEqual(['well', 'failed', 'unknown'])
  expect(hours.map(({ words }) => words.replace(/^.*?: /, ''))).toEqual(['read without a failure', 'failed in 3 minutes', 'nothing known'])
})

test('all hours in one sentence', () => {
  expect(healthWords(healthHours(metrics([0, 0, 3, null])))).toBe('2 hours without a failure, 1 hour with one, 1 hour of which nothing is known')
  expect(healthWords(healthHours(metrics([0, 0])))).toBe('2 hours without a failure')
})
