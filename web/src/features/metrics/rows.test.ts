import { expect, test } from 'vitest'
import { rowsOf } from './rows'

const told = (id: string, values: readonly (number | null)[]) => ({ id, points: values.map((value, hour) => ({ time: `2026-11-28T0${hour}:00:00Z`, value })) })

test('rows begin with the newest point; what is not known is no zero', () => {
  expect(rowsOf([told('peers_online', [56, null]), told('own-1', [0, null])])).toEqual([
    { time: '2026-11-28T01:00:00Z', values: { peers_online: null, 'own-1': null } },
    { time: '2026-11-28T00:00:00Z', values: { peers_online: 56, 'own-1': 0 } },
  ])
})

test('nothing told, no rows', () => {
  expect(rowsOf([])).toEqual([])
})
