import { describe, expect, test } from 'vitest'
import { newDraft, toRequest, validate, type RuleDraft } from './ruleDraft'
import { ruleSentence } from './ruleSentence'

const offline = (part: Partial<RuleDraft> = {}): RuleDraft => ({ ...newDraft('peer_offline'), ...part })
const count = (part: Partial<RuleDraft> = {}): RuleDraft => ({ ...newDraft('peer_count'), ...part })

describe('the sentence', () => {
  test('of peers that go offline', () => {
    expect(ruleSentence(offline({ groups: ['servers'], recipients: ['ops@acme.example'] }))).toBe(
      'When any peer of servers is offline for 5 min, tell ops@acme.example.',
    )
  })

  test('names both channels, the first recipients and the waiting time', () => {
    const draft = offline({
      offlineThreshold: '20',
      duration: '0',
      forMinutes: '90',
      recipients: ['a@acme.example', 'b@acme.example', 'c@acme.example'],
      webhookEnabled: true,
      url: 'https://hooks.acme.example/x',
    })
    expect(ruleSentence(draft)).toBe(
      'When 20 or more peers of the network are offline, and stays so for 1 h 30 min, tell a@acme.example, b@acme.example and 1 more and the webhook at hooks.acme.example.',
    )
  })

  test('of a number of peers', () => {
    expect(ruleSentence(count({ countThreshold: '8', groups: ['servers', 'db'], emailEnabled: false }))).toBe(
      'When the number of online peers of servers or db is below 8, open an alert.',
    )
  })

  test('leaves a gap where nothing sensible is written yet', () => {
    expect(ruleSentence(offline({ duration: 'soon', webhookEnabled: true }))).toBe('When any peer of the network is offline for …, tell the webhook at ….')
  })
})

describe('validation', () => {
  test('finds nothing wrong with a complete rule', () => {
    expect(validate(offline({ name: 'Down', recipients: ['ops@acme.example'] }))).toEqual({})
  })

  test('points at every field that is wrong', () => {
    const wrong = offline({ offlineThreshold: '0', duration: '10081', forMinutes: '1.5', recipients: ['ops'], webhookEnabled: true, url: 'hooks', secret: 'abc' })
    expect(Object.keys(validate(wrong))).toEqual([
      '/name',
      '/conditionConfig/threshold',
      '/conditionConfig/duration',
      '/forMinutes',
      '/notificationConfig/email/recipients',
      '/notificationConfig/webhook/url',
      '/notificationConfig/webhook/secret',
    ])
  })
})

test('the request holds what was written and no more', () => {
  const draft = count({
    name: ' Few servers ',
    countThreshold: '8',
    groups: ['servers'],
    recipients: ['ops@acme.example'],
    webhookEnabled: true,
    url: 'https://hooks.acme.example/x ',
    headers: [
      { name: 'X-Team', value: 'net' },
      { name: '', value: '' },
    ],
  })
  expect(toRequest(draft)).toEqual({
    name: 'Few servers',
    conditionType: 'peer_count',
    conditionConfig: { operator: 'less_than', threshold: 8, status: 'online', groups: ['servers'] },
    severity: 'high',
    enabled: true,
    forMinutes: 0,
    keepFiringMinutes: 0,
    notificationConfig: {
      email: { enabled: true, recipients: ['ops@acme.example'] },
      webhook: { enabled: true, url: 'https://hooks.acme.example/x', headers: { 'X-Team': 'net' } },
    },
  })
})
