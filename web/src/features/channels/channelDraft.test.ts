// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import type { Channel, ChannelConfig } from '@/api/types'
import type { ChannelKind } from '@/components/channels'
import { createdSecret, draftOf, newDraft, switched, toRequest, validate } from './channelDraft'
import { whereTo } from './kinds/kinds'
import { newQuietHours } from './quietHours'

const channel = (config: ChannelConfig): Channel => ({
  id: 'c-1',
  name: 'Operations',
  type: config.type,
  enabled: true,
  severities: ['critical'],
  config,
  usedBy: [],
  routedBy: [],
  createdAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-01T10:00:00Z',
  version: 1,
})

const of = (kind: ChannelKind, config: object) => ({ ...newDraft(kind), name: ' Operations ', config: { ...newDraft(kind).config, ...config } })

const isNew = validate(false)

describe('a new channel', () => {
  test.each<[ChannelKind, object, object]>([
    ['email', { recipients: ['ops@acme.example'] }, { type: 'email', recipients: ['ops@acme.example'] }],
    ['webhook', { url: ' https://hooks.acme.example/x ', headers: [{ name: 'X-Team', value: 'net' }, { name: '', value: '' }] }, { type: 'webhook', url: 'https://hooks.acme.example/x', headers: { 'X-Team': 'net' } }],
    ['slack', { webhook: 'https://hooks.slack.com/services/x', channel: ' #ops ' }, { type: 'slack', webhook: 'https://hooks.slack.com/services/x', channel: '#ops' }],
    ['teams', { webhook: 'https://acme.logic.azure.com/x' }, { type: 'teams', webhook: 'https://acme.logic.azure.com/x' }],
    ['pagerduty', { routingKey: ' R0KEY ', region: 'eu' }, { type: 'pagerduty', region: 'eu', routingKey: 'R0KEY' }],
    ['opsgenie', { apiKey: 'key' }, { type: 'opsgenie', region: 'us', apiKey: 'key' }],
    ['telegram', { token: '123:AB-c_d', chatId: ' -100123 ' }, { type: 'telegram', token: '123:AB-c_d', chatId: '-100123' }],
    ['ntfy', { topic: 'net-1' }, { type: 'ntfy', server: 'https://ntfy.sh', topic: 'net-1' }],
    ['discord', { webhook: 'https://discord.com/api/webhooks/1/x' }, { type: 'discord', webhook: 'https://discord.com/api/webhooks/1/x' }],
  ])('of the kind %s is sent as it was written', (kind, config, sent) => {
    const draft = of(kind, config)
    expect(isNew(draft)).toEqual({})
    expect(toRequest(draft)).toEqual({ name: 'Operations', enabled: true, severities: [], config: sent, quietHours: null })
  })

  test.each<[ChannelKind, object, string[]]>([
    ['email', {}, ['/name', '/config/recipients']],
    ['email', { recipients: ['ops'] }, ['/name', '/config/recipients']],
    ['webhook', { secret: 'abc' }, ['/name', '/config/url', '/config/secret']],
    ['slack', { webhook: 'hooks.slack.com' }, ['/name', '/config/webhook']],
    ['teams', {}, ['/name', '/config/webhook']],
    ['discord', {}, ['/name', '/config/webhook']],
    ['pagerduty', {}, ['/name', '/config/routingKey']],
    ['opsgenie', {}, ['/name', '/config/apiKey']],
    ['telegram', { token: 'abc', chatId: 'the group' }, ['/name', '/config/token', '/config/chatId']],
    ['ntfy', { server: 'ntfy.sh', topic: 'a topic' }, ['/name', '/config/server', '/config/topic']],
  ])('of the kind %s with %j says what is missing', (kind, config, pointers) => {
    expect(Object.keys(isNew({ ...of(kind, config), name: ' ' }))).toEqual(pointers)
  })
})

describe('a channel that there is', () => {
  const webhook = channel({ type: 'webhook', host: 'hooks.acme.example', url: 'hooks.acme.example…x3Yz', headers: { 'X-Team': '••••' }, secretHint: 'whsec_…q3fA' })

  test.each<[ChannelConfig, object]>([
    [{ type: 'email', recipients: ['ops@acme.example'] }, { type: 'email', recipients: ['ops@acme.example'] }],
    [webhook.config, { type: 'webhook', headers: { 'X-Team': null } }],
    [{ type: 'slack', host: 'hooks.slack.com', webhook: 'hooks.slack.com…x3Yz', channel: '#ops' }, { type: 'slack', channel: '#ops' }],
    [{ type: 'teams', host: 'acme.logic.azure.com' }, { type: 'teams' }],
    [{ type: 'pagerduty', region: 'eu', routingKeyHint: '…3fA9' }, { type: 'pagerduty', region: 'eu' }],
    [{ type: 'opsgenie', region: 'us', apiKeyHint: '…' }, { type: 'opsgenie', region: 'us' }],
    [{ type: 'telegram', chatId: '@acme', tokenHint: '…q3fA' }, { type: 'telegram', chatId: '@acme' }],
    [{ type: 'ntfy', server: 'https://ntfy.acme.example', topic: 'net', tokenHint: '…x9Tb' }, { type: 'ntfy', server: 'https://ntfy.acme.example', topic: 'net' }],
  ])('is sent back as it was, and keeps what is never shown: %j', (config, sent) => {
    const draft = draftOf(channel(config))
    expect(validate(true)(draft)).toEqual({})
    expect(toRequest(draft)).toEqual({ name: 'Operations', enabled: true, severities: ['critical'], config: sent, quietHours: null })
  })

  test('can have its access token taken away', () => {
    const draft = draftOf(channel({ type: 'ntfy', server: 'https://ntfy.sh', topic: 'net', tokenHint: '…x9Tb' }))
    expect(toRequest({ ...draft, config: { ...draft.config, removesToken: true } }).config).toEqual({ type: 'ntfy', server: 'https://ntfy.sh', topic: 'net', token: '' })
  })

  test('is switched off with all else as it was', () => expect(switched(webhook, false)).toEqual({ name: 'Operations', enabled: false, severities: ['critical'], config: { type: 'webhook', headers: { 'X-Team': null } }, quietHours: null }))

  test('keeps its quiet hours', () => {
    const quietHours = newQuietHours()
    expect(switched({ ...webhook, quietHours }, false).quietHours).toEqual(quietHours)
    expect(Object.keys(validate(true)({ ...draftOf(webhook), quietHours: { ...quietHours, windows: [] } }))).toEqual(['/quietHours/windows'])
  })

  test('of a kind that only a newer API has stays as it is', () => {
    const config = { type: 'carrier_pigeon', roof: 'north' } as unknown as ChannelConfig
    expect(toRequest(draftOf(channel(config))).config).toEqual(config)
    expect(whereTo(config)).toBe('')
  })
})

test('a signing secret is shown where the answer holds it', () => {
  const config = { type: 'webhook', host: 'hooks.acme.example', headers: {}, secretHint: 'whsec_…q3fA' } as const
  expect(createdSecret(channel({ ...config, secret: 'whsec_x' }))).toBe('whsec_x')
  expect(createdSecret(channel(config))).toBeUndefined()
  expect(createdSecret(channel({ type: 'teams', host: 'acme.logic.azure.com' }))).toBeUndefined()
})

test.each<[ChannelConfig, string]>([
  [{ type: 'email', recipients: ['a@acme.example', 'b@acme.example'] }, 'a@acme.example and b@acme.example'],
  [{ type: 'slack', host: 'hooks.slack.com', channel: '#ops' }, '#ops at hooks.slack.com'],
  [{ type: 'pagerduty', region: 'eu', routingKeyHint: '…3fA9' }, 'PagerDuty, Europe'],
  [{ type: 'telegram', chatId: '@acme', tokenHint: '…q3fA' }, 'chat @acme'],
  [{ type: 'ntfy', server: 'https://ntfy.acme.example', topic: 'net' }, 'net at ntfy.acme.example'],
  [{ type: 'discord', host: 'discord.com', webhook: 'discord.com…Xq91' }, 'discord.com…Xq91'],
  [{ type: 'webhook', host: 'hooks.acme.example', headers: {}, secretHint: 'whsec_…q3fA' }, 'hooks.acme.example'],
])('where it leads, as far as it is shown: %j', (config, words) => expect(whereTo(config)).toBe(words))
