// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import type { AlertRule } from '@/api/types'
import type { HeaderDraft } from '@/components/HeaderFields'
import { BLANK_CHANNELS } from './channelDraft'
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
  channelIds: ['0193d000-0000-7000-8000-000000000001'],
  escalation: [{ afterMinutes: 15, channelIds: ['0193d000-0000-7000-8000-000000000002'] }],
  notificationConfig: {
    email: { enabled: false, recipients: ['ops@acme.example'] },
    webhook: { enabled: true, host: 'hooks.acme.example', url: 'hooks.acme.example…x3Yz', headers: { 'X-Team': '••••' }, secretHint: 'whsec_…q3fA' },
    slack: { enabled: false, host: 'hooks.slack.com', webhook: 'hooks.slack.com…x3Yz', channel: '#ops' },
    teams: { enabled: true, host: 'acme.logic.azure.com', webhook: 'acme.logic.azure.com…9fQk' },
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
      channelIds: ['0193d000-0000-7000-8000-000000000001'],
      escalation: [{ afterMinutes: 15, channelIds: ['0193d000-0000-7000-8000-000000000002'] }],
      notificationConfig: {
        email: { enabled: false, recipients: ['ops@acme.example'] },
        webhook: { enabled: true, headers: { 'X-Team': null } },
        slack: { enabled: false, channel: '#ops' },
        teams: { enabled: true },
      },
    })
  })

  test('takes a header whose value is entered, and lets one go that was removed', () => {
    const draft = draftOf(rule)
    const headersOf = (headers: HeaderDraft[]) => toChange({ ...draft, webhook: { ...BLANK_CHANNELS.webhook(), headers } }).notificationConfig.webhook?.headers
    expect(headersOf([{ name: 'X-Team', value: 'day', isKept: true }, { name: 'X-New', value: '' }])).toEqual({ 'X-Team': 'day', 'X-New': '' })
    expect(headersOf([])).toEqual({})
  })

  test('takes another address of a chat, and tells one no more that was removed', () => {
    const slack = { enabled: true, webhook: ' https://hooks.slack.com/services/T1 ', channel: ' ' }
    const draft = { ...draftOf(rule), slack, teams: null }
    expect(validate(draft)).toEqual({})
    const { notificationConfig } = toChange(draft)
    expect(notificationConfig.slack).toEqual({ enabled: true, webhook: 'https://hooks.slack.com/services/T1' })
    expect(notificationConfig).not.toHaveProperty('teams')
  })

  test('knows a chat’s address in part, by its host for those who see no more', () => {
    expect(draftOf(rule).kept.slack).toEqual({ address: 'hooks.slack.com…x3Yz' })
    expect(draftOf({ ...rule, notificationConfig: { slack: { enabled: true, host: 'hooks.slack.com' } } }).kept).toEqual({ slack: { address: 'hooks.slack.com' } })
  })

  test('is copied under another name, and addresses are to be entered', () => {
    const copy = copyOf(rule)
    expect(copy.name).toBe('Copy of Servers down')
    expect(Object.keys(validate(copy))).toEqual(['/notificationConfig/webhook/url', '/notificationConfig/slack/webhook', '/notificationConfig/teams/webhook'])
    const request = toRequest({ ...copy, webhook: copy.webhook && { ...copy.webhook, url: 'https://hooks.acme.example/x' }, slack: null, teams: null })
    expect(request.notificationConfig).toEqual({
      email: { enabled: false, recipients: ['ops@acme.example'] },
      webhook: { enabled: true, url: 'https://hooks.acme.example/x', headers: { 'X-Team': '' } },
    })
  })
})
