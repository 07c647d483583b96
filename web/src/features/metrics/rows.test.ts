import { expect, test } from 'vitest'
import type { DashboardMetrics } from '@/api/types'
import { rowsOf } from './rows'

type Series = DashboardMetrics['series'][number]

const series = (name: Series['name'], values: readonly (number | null)[]): Series => ({
  name,
  unit: 'peers',
  combined: 'sum',
  points: values.map((value, hour) => ({ time: `2026-11-28T0${hour}:00:00Z`, value, samples: 1, accounts: 1 })),
})

test('rows begin with the newest point; what is not known is no zero', () => {
  expect(rowsOf({ series: [series('peers_online', [56, null]), series('peers_offline', [0, null])], own: [] })).toEqual([
    { time: '2026-11-28T01:00:00Z', values: { peers_online: null, peers_offline: null } },
    { time: '2026-11-28T00:00:00Z', values: { peers_online: 56, peers_offline: 0 } },
  ])
})

test('no series, no rows', () => {
  expect(rowsOf({ series: [], own: [] })).toEqual([])
})

test('what was pushed stands beside them under its id', () => {
  const { points } = series('peers_online', [26.5])
  const own = { id: 'own-1', accountId: 'acc-hq', name: 'backup.age', unit: 'h', tags: {}, points }
  expect(rowsOf({ series: [series('peers_online', [56])], own: [own] })).toEqual([{ time: '2026-11-28T00:00:00Z', values: { peers_online: 56, 'own-1': 26.5 } }])
})
