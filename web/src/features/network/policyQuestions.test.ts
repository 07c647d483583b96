import { expect, test } from 'vitest'
import type { Policy, PolicyRule } from '@/api/types'
import { questionsOf, sidesOf } from './policyQuestions'

const rule = (more: Partial<PolicyRule>): PolicyRule => ({
  name: '',
  description: '',
  enabled: true,
  action: 'accept',
  bidirectional: false,
  protocol: 'tcp',
  ports: ['443'],
  sources: [{ id: 'l', name: 'laptops' }],
  destinations: [{ id: 's', name: 'servers' }],
  sentence: '',
  ...more,
})

const policy = (...rules: PolicyRule[]): Policy => ({ accountId: 'acc', accountName: '', id: 'p', name: 'p', description: '', enabled: true, rules, sourcePostureChecks: [], sourcePostureChecksCount: 0 })

test('a rule between one group and another is asked about, on what it is', () => {
  expect(questionsOf(policy(rule({}), rule({ enabled: false }), rule({ protocol: 'all', ports: [] })))).toEqual([
    { label: 'Can laptops reach servers on TCP 443?', search: { of: 'acc', from: 'group:l', to: 'group:s', protocol: 'tcp', port: '443' } },
    { label: 'Can laptops reach servers?', search: { of: 'acc', from: 'group:l', to: 'group:s' } },
  ])
})

test('a rule about several, about nobody, or from a resource is not', () => {
  const several = [
    { id: 'a', name: 'a' },
    { id: 'b', name: 'b' },
  ]
  expect(questionsOf(policy(rule({ sources: several }), rule({ destinations: [] }), rule({ sources: [], sourceResource: { id: 'r', type: 'host' } })))).toEqual([])
})

test('a rule to a resource or from a peer is', () => {
  const [first] = questionsOf(policy(rule({ sources: [], sourceResource: { id: 'p', type: 'peer' }, destinations: [], destinationResource: { id: 'r', type: 'domain' } })))
  expect(first).toEqual({ label: 'Can its peer reach its resource on TCP 443?', search: { of: 'acc', from: 'peer:p', to: 'resource:r', protocol: 'tcp', port: '443' } })
})

test('each side of a rule is asked about, also where it is several groups', () => {
  const ref = (name: string) => ({ id: name, name })
  const rule = { sources: [ref('a'), ref('b')], destinations: [ref('c')] } as unknown as PolicyRule
  expect(sidesOf({ accountId: 'acc', rules: [rule] })).toEqual([
    { label: 'Who can reach c', search: { of: 'acc', to: 'group:c' } },
    { label: 'What a reaches', search: { of: 'acc', from: 'group:a' } },
    { label: 'What b reaches', search: { of: 'acc', from: 'group:b' } },
  ])
})
