import { expect, test } from 'vitest'
import type { AccessReviewRule } from '@/api/types'
import { texts } from './texts'
import { lastChanged, ruleWords, servicesWords } from './words'

test('who reaches a subject is counted, and what is not known is not left out', () => {
  const of = (peerCount: number, unknownCount: number, isReachedByAnybody = false) => texts.reach({ peerCount, unknownCount, ruleCount: 3, isReachedByAnybody })
  expect(of(12, 0)).toBe('12 peers reach it by 3 rules')
  expect(of(1, 2)).toBe('1 peer reaches it by 3 rules, 2 more may')
  expect(of(0, 0)).toBe('Nobody reaches it')
  expect(of(0, 4)).toBe('Nobody reaches it for sure, 4 may')
  expect(of(1200, 0, true)).toBe('Everybody, 1,200 peers, reaches it by 3 rules')
})

test('how far it is signed', () => {
  expect(texts.signed({ subjectCount: 3, signedCount: 2, changeNeededCount: 0 })).toBe('2 of 3 signed')
  expect(texts.signed({ subjectCount: 3, signedCount: 3, changeNeededCount: 1 })).toBe('3 of 3 signed, 1 needs a change')
})

test('services that may be open are told from those that are', () => {
  expect(servicesWords({ open: ['TCP 22'], mayBeOpen: ['TCP 22', 'ICMP'] })).toBe('TCP 22; perhaps ICMP')
  expect(servicesWords({ open: [], mayBeOpen: ['ICMP'] })).toBe('perhaps ICMP')
})

const rule = (name: string, lastChangedAt?: string): AccessReviewRule => ({ policyId: name, policyName: name, rule: 0, ruleName: '', groups: [], ...(lastChangedAt && { lastChangedAt }) })

test('the rule that was changed last is the one that is told', () => {
  expect(lastChanged([rule('a'), rule('b', '2026-11-01T00:00:00Z'), rule('c', '2026-11-02T00:00:00Z')])?.policyId).toBe('c')
  expect(lastChanged([rule('a')])).toBeUndefined()
  expect(ruleWords(rule('ssh'))).toBe('ssh, rule 1')
})
