import { expect, test } from 'vitest'
import type { Account } from '@/api/types'
import { ageTone } from './syncAge'

const NOW = new Date('2026-11-30T12:00:00Z')

const read = (minutes: number, syncIntervalSeconds: number) =>
  ({ status: 'healthy', lastSync: new Date(NOW.getTime() - minutes * 60_000).toISOString(), syncIntervalSeconds }) as Account

test('what is old is judged by how often an account is read', () => {
  expect(ageTone([read(1.9, 60)], NOW)).toBe('ok')
  expect(ageTone([read(2.1, 60)], NOW)).toBe('warn')
  expect(ageTone([read(9.9, 300)], NOW)).toBe('ok')
  expect(ageTone([read(69, 3600)], NOW)).toBe('ok')
  expect(ageTone([read(71, 3600)], NOW)).toBe('warn')
})

test('one that is read seldom does not hide one that is late', () => {
  expect(ageTone([read(50, 3600), read(1, 60)], NOW)).toBe('ok')
  expect(ageTone([read(50, 3600), read(3, 60)], NOW)).toBe('warn')
})
