import { expect, test } from 'vitest'
import { entriesWords, filterWords } from './exportWords'

const nameOf = (id: string) => (id === 'u1' ? 'Jonas Weber' : undefined)

test.each([
  [{}, 'The whole audit trail'],
  [{ action: 'rule' }, 'Anything about rules'],
  [{ user: 'u1' }, 'By Jonas Weber'],
  [{ user: 'u2' }, 'By u2'],
  [{ resourceType: 'rule', resourceId: 'r1' }, 'To Rule r1'],
  [{ text: 'backup', ip: '203.0.113.7' }, 'From 203.0.113.7, with “backup”'],
  [{ action: 'rule.create', from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }, 'Created a rule, since Oct 1, 2026, before Nov 1, 2026'],
])('%j is “%s”', (filter, words) => expect(filterWords(filter, nameOf)).toBe(words))

test.each([
  ['queued', '—'],
  ['running', '1,200 so far'],
  ['ready', '1,200'],
  ['failed', '—'],
] as const)('of one that is %s it says %s', (state, words) => expect(entriesWords({ state, entries: 1200 })).toBe(words))
