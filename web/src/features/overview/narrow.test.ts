import { expect, test } from 'vitest'
import type { Account } from '@/api/types'
import { accounts, overview } from '@mock/data'
import { narrowTo } from './narrow'

const [hq, field] = accounts() as [Account, Account]

test('shows one account, and calls unknown what is not counted by account', () => {
  const narrowed = narrowTo(hq, overview())
  expect(narrowed).toMatchObject({ totalPeers: 52, offlinePeers: 3, totalUsers: null, totalPolicies: null })
  expect(narrowed.openAlerts).toMatchObject({ total: 1, critical: 1 })
  expect(new Set(narrowed.recentAlerts.map(({ accountId }) => accountId))).toEqual(new Set([hq.id]))
  expect(narrowed.systemHealth.accounts.map(({ id }) => id)).toEqual([hq.id])
  expect(narrowTo(field, overview()).openAlerts.total).toBe(0)
})

test('knows nothing about peers before the first sync', () => {
  expect(narrowTo({ ...hq, lastSync: null }, overview()).totalPeers).toBeNull()
})
