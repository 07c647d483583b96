import { expect, test } from 'vitest'
import { askedOn, parseEnd, SOURCES, TARGETS, writeEnd, type End } from '@/lib/accessEnds'
import { inShort, mayTurn, readQuestion, wholeQuestion } from './question'

test('nothing is asked before both sides are there, and whose network it is', () => {
  const asked = readQuestion({ from: 'group:g', to: 'peer:p' })
  expect(wholeQuestion(undefined, asked)).toBeUndefined()
  expect(wholeQuestion('acc', { ...asked, to: undefined })).toBeUndefined()
  expect(wholeQuestion('acc', asked)).toEqual({ accountId: 'acc', from: { kind: 'group', id: 'g' }, to: { kind: 'peer', id: 'p' }, protocol: undefined, port: undefined })
})

test('what opens no connection is not asked from', () => {
  expect(parseEnd('resource:r', SOURCES)).toBeUndefined()
  expect(parseEnd('resource:r', TARGETS)).toEqual({ kind: 'resource', id: 'r' })
  expect(parseEnd('group:', TARGETS)).toBeUndefined()
  expect(mayTurn({ to: { kind: 'route', id: 'r' } })).toBe(false)
  expect(mayTurn({ to: { kind: 'group', id: 'g' } })).toBe(true)
})

test.each([
  ['any', { kind: 'any', id: 'any' }],
  ['user:u1', { kind: 'user', id: 'u1' }],
  ['domain:*.corp.example', { kind: 'domain', id: '*.corp.example' }],
  ['address:10.0.0.5', { kind: 'address', id: '10.0.0.5' }],
  ['address:10.0.0.0/8', { kind: 'address', id: '10.0.0.0/8' }],
  ['address:fd00::/64', { kind: 'address', id: 'fd00::/64' }],
])('%s can be reached', (written, end) => {
  expect(parseEnd(written, TARGETS)).toEqual(end)
  expect(writeEnd(end as End)).toBe(written)
})

test.each(['any:any', 'address:10.0.0', 'address:10.0.0.0/33', 'address:fd00::/129', 'address:10.0.0.5/', 'domain:10.0.0', 'domain:db', 'domain:a..b', `domain:${'a.'.repeat(130)}b`])('%s is no end', (written) => {
  expect(parseEnd(written, TARGETS)).toBeUndefined()
})

test('nothing but peers opens connections', () => {
  expect(['any', 'user:u', 'group:g', 'peer:p'].map((written) => parseEnd(written, SOURCES)?.kind)).toEqual(['any', 'user', 'group', 'peer'])
  expect(parseEnd('address:10.0.0.5', SOURCES)).toBeUndefined()
  expect(mayTurn({ to: { kind: 'any', id: 'any' } })).toBe(true)
  expect(mayTurn({ to: { kind: 'domain', id: 'a.b' } })).toBe(false)
})

test('a rule is asked about on what it is, where a question can say it', () => {
  expect(askedOn('tcp', ['443'])).toEqual({ protocol: 'tcp', port: '443' })
  expect(askedOn('tcp', ['22', '443'])).toEqual({ protocol: 'tcp' })
  expect(askedOn('udp', ['8000-8010'])).toEqual({ protocol: 'udp' })
  expect(askedOn('icmp', [])).toEqual({ protocol: 'icmp' })
  expect(askedOn('netbird-ssh', ['22'])).toEqual({})
})

test('in short', () => {
  expect(inShort('laptops', 'servers', { protocol: 'tcp', port: 443 })).toBe('laptops → servers on TCP 443')
  expect(inShort('laptops', 'servers', { protocol: 'all', port: 53 })).toBe('laptops → servers on port 53')
  expect(inShort('laptops', 'servers', { protocol: 'icmp' })).toBe('laptops → servers on ICMP')
  expect(inShort('laptops', 'servers', {})).toBe('laptops → servers')
})
