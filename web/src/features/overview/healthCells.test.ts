import { expect, test } from 'vitest'
import type { DashboardMetrics } from '@/api/types'
import { healthCells, healthWords } from './healthCells'

type Values = readonly (number | null)[]

const START = Date.UTC(2026, 10, 28, 12)

function metrics(resolution: '1m' | '1h', offline: Values, failures: Values, most?: Values): DashboardMetrics {
  const step = resolution === '1m' ? 60_000 : 3_600_000
  const points = (values: Values, max?: Values) =>
    values.map((value, index) => ({ time: new Date(START + index * step).toISOString(), value, ...(max && { max: max[index] ?? null }), samples: 1, accounts: value === null ? 0 : 1 }))
  return {
    from: new Date(START).toISOString(),
    to: new Date(START + offline.length * step).toISOString(),
    resolution,
    accounts: 1,
    accountsWithoutData: [],
    own: [],
    parts: [],
    hourly: [],
    asOf: new Date(START).toISOString(),
    series: [
      { name: 'peers_offline', unit: 'peers', combined: 'sum', points: points(offline, most) },
      { name: 'sync_failures', unit: 'minutes', combined: 'sum', points: points(failures) },
    ],
  }
}

const minutes = (...quarters: (number | null)[]): Values => quarters.flatMap((value) => Array.from({ length: 15 }, () => value))

test('minutes make a cell each quarter of an hour, which tells the worst of them', () => {
  const offline = [...minutes(0, null, 2), 0, 5, ...Array<null>(13).fill(null)]
  const failures = [...minutes(0, 1, 0), ...Array<null>(15).fill(null)]
  const cells = healthCells(metrics('1m', offline, failures))
  expect(cells.map(({ state }) => state)).toEqual(['up', 'failed', 'down', 'down'])
  expect(cells.map(({ words }) => words.replace(/^.*?: /, ''))).toEqual(['no peer offline', 'reading failed in 15 minutes', '2 peers offline at most', '5 peers offline at most'])
})

test('hours stand for themselves, by the greatest of their minutes; what is not known is neither', () => {
  const cells = healthCells(metrics('1h', [0.1, 0, null], [0, 2, null], [3, 0, null]))
  expect(cells.map(({ state }) => state)).toEqual(['down', 'failed', 'unknown'])
  expect(cells.map(({ words }) => words.replace(/^.*?: /, ''))).toEqual(['3 peers offline at most', 'reading failed in 2 minutes, no peer offline', 'nothing known'])
})

test('all cells in one sentence', () => {
  expect(healthWords(healthCells(metrics('1h', [0, 0, 1, null], [0, 0, 0, null])))).toBe('every peer online for 50 %, some peers offline for 25 %, nothing known for 25 %')
})
