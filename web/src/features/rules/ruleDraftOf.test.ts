import { describe, expect, test } from 'vitest'
import type { AlertRule } from '@/api/types'
import { toChange, toRequest, validate } from './ruleDraft'
import { copyOf, draftOf } from './ruleDraftOf'

const rule: AlertRule = {
  id: 'rule-1',
  name: 'Servers down',
  description: 'Look at the rack.',
  conditionType: 'peer_offline',
  conditionConfig: { threshold: 2, duration: 5, groups: ['servers'], countUnconfirmed: true, alertPer: 'rule' },
  severity: 'low',
  enabled: false,
  accountId: 'acc-hq',
  forMinutes: 3,
  keepFiringMinutes: 4,
  notificationConfig: {
    email: { enabled: false, recipients: ['ops@acme.example'] },
    webhook: { enabled: true, host: 'hooks.acme.example', url: 'hooks.acme.example…x3Yz', headers: { 'X-Team': '••••' }, secretHint: 'whsec_…q3fA' },
  },
  sentence: '',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  createdBy: 'user-1',
  version: 3,
}

describe('a rule in the form', () => {
  test('is sent back as it was, and keeps what is never shown', () => {
    const draft = draftOf(rule)
    expect(validate(draft)).toEqual({})
    expect(toChange(draft)).toEqual({
      name: 'Servers down',
      description: 'Look at the rack.',
      conditionType: 'peer_offline',
      conditionConfig: { threshold: 2, duration: 5, groups: ['servers'], countUnconfirmed: true, alertPer: 'rule' },
      severity: 'low',
      accountId: 'acc-hq',
      forMinutes: 3,
      keepFiringMinutes: 4,
      notificationConfig: {
        email: { enabled: false, recipients: ['ops@acme.example'] },
        webhook: { enabled: true, headers: { 'X-Team': null } },
      },
    })
  })

  test('takes a header whose value is entered, and lets one go that was removed', () => {
    const draft = { ...draftOf(rule), headers: [{ name: 'X-Team', value: 'day', isKept: true }, { name: 'X-New', value: '' }] }
    expect(toChange(draft).notificationConfig.webhook?.headers).toEqual({ 'X-Team': 'day', 'X-New': '' })
    expect(toChange({ ...draft, headers: [] }).notificationConfig.webhook?.headers).toEqual({})
  })

  test('is copied under another name, and its webhook’s address is to be entered', () => {
    const copy = copyOf(rule)
    expect(copy.name).toBe('Copy of Servers down')
    expect(validate(copy)).toHaveProperty(['/notificationConfig/webhook/url'])
    const request = toRequest({ ...copy, url: 'https://hooks.acme.example/x' })
    expect(request.notificationConfig).toEqual({ webhook: { enabled: true, url: 'https://hooks.acme.example/x', headers: { 'X-Team': '' } } })
  })
})
