import { expect, test } from 'vitest'
import type { AccessFinding } from '@/api/types'
import { kindWord, subjectLook } from './kinds'
import { omittedWords, severityCounts, unreadWords } from './summary'

const of = (...severities: string[]) => severities.map((severity) => ({ severity: severity as AccessFinding['severity'] }))

test('findings are counted by severity, the worst first, and one that is not known before them', () => {
  expect(severityCounts(of('low', 'high', 'low', 'medium'))).toBe('1 high, 1 medium, 2 low')
  expect(severityCounts(of('low', 'dire_straits'))).toBe('1 dire straits, 1 low')
  expect(severityCounts([])).toBe('')
})

test('what was not read is named, with what that means', () => {
  expect(unreadWords([])).toBeUndefined()
  expect(unreadWords(['setup keys'])).toBe('Setup keys could not be read: findings about them, and what hangs on them, are missing.')
  expect(unreadWords(['posture checks', 'setup keys'])).toMatch(/^Posture checks and setup keys could not be read/)
})

test('what was left out is counted', () => {
  const findings = Array.from({ length: 1000 }, () => ({}) as AccessFinding)
  expect(omittedWords({ findings, omitted: 0 })).toBeUndefined()
  expect(omittedWords({ findings, omitted: 1 })).toBe('1 more finding is left out: the 1,000 that matter most are shown.')
  expect(omittedWords({ findings, omitted: 412 })).toBe('412 more findings are left out: the 1,000 that matter most are shown.')
})

test('kinds and things that only a newer API knows have their own names', () => {
  expect(kindWord('open-to-all')).toBe('Open to everybody')
  expect(kindWord('of-tomorrow')).toBe('Of tomorrow')
  expect(subjectLook('setup-key')).toMatchObject({ word: 'Setup key' })
  expect(subjectLook('relay-server')).toMatchObject({ word: 'Relay server' })
})
