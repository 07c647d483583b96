// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { BLANK_CHANNELS } from './channelDraft'
import { newDraft, toRequest, validate, type RuleDraft } from './ruleDraft'
import { audienceSentence } from './ruleSentence'

/** A draft of a type, with some of its condition and of the rest. */
const of = (type: RuleDraft['conditionType']) => (condition: object, rest: Partial<RuleDraft> = {}): RuleDraft => {
  const draft = newDraft(type)
  return { ...draft, conditionConfig: { ...draft.conditionConfig, ...condition }, ...rest }
}
const offline = of('peer_offline')
const count = of('peer_count')

const email = (...recipients: string[]) => ({ email: { enabled: true, recipients } })
const webhook = (part: Partial<NonNullable<RuleDraft['webhook']>> = {}) => ({ webhook: { ...BLANK_CHANNELS.webhook(), ...part } })

describe('the sentence', () => {
  test('of peers that go offline', () => {
    const draft = offline({ groups: ['servers'] }, email('ops@acme.example'))
    expect(audienceSentence(draft)).toBe('Tell ops@acme.example.')
  })

  test('names both channels, the first recipients and the waiting time', () => {
    const draft = offline(
      { threshold: '20', duration: '0' },
      {
        forMinutes: '90',
        ...email('a@acme.example', 'b@acme.example', 'c@acme.example'),
        ...webhook({ url: 'https://hooks.acme.example/x' }),
      },
    )
    expect(audienceSentence(draft)).toBe('Tell a@acme.example, b@acme.example and 1 more and the webhook at hooks.acme.example.')
  })

  test('of a number of peers', () => {
    const draft = count({ threshold: '8', groups: ['servers', 'db'] }, { email: null })
    expect(audienceSentence(draft)).toBeUndefined()
  })

  test('names chats as the API does, those that are on', () => {
    const chat = BLANK_CHANNELS.slack()
    const draft = offline({ duration: '0' }, { ...email('ops@acme.example'), slack: { ...chat, channel: ' #ops ' }, teams: chat, discord: { ...chat, enabled: false } })
    expect(audienceSentence(draft)).toBe('Tell ops@acme.example, Slack in #ops and Microsoft Teams.')
  })

  test('names shared channels after its own, and leaves a gap while their names are not read', () => {
    const draft = offline({ duration: '0' }, { ...email('ops@acme.example'), channelIds: ['c-1'] })
    expect(audienceSentence(draft, [{ id: 'c-1', name: 'Duty officers' }])).toBe('Tell ops@acme.example and Duty officers.')
    expect(audienceSentence(draft)).toBe('Tell ops@acme.example and ….')
  })

  test('leaves a gap where nothing sensible is written yet', () => {
    const draft = offline({ duration: 'soon' }, webhook())
    expect(audienceSentence(draft)).toBe('Tell the webhook at ….')
  })
})

describe('validation', () => {
  test('finds nothing wrong with a complete rule', () => {
    expect(validate(offline({}, { name: 'Down', ...email('ops@acme.example') }))).toEqual({})
  })

  test('takes so many shared channels and no more', () => {
    const of = (count: number) => offline({}, { name: 'Down', ...email('ops@acme.example'), channelIds: Array.from({ length: count }, (_, index) => `c-${index}`) })
    expect(validate(of(10))).toEqual({})
    expect(Object.keys(validate(of(11)))).toEqual(['/channelIds'])
  })

  test('points at every field that is wrong', () => {
    const wrong = offline({ threshold: '0', duration: '10081' }, { forMinutes: '1.5', ...email('ops'), ...webhook({ url: 'hooks', secret: 'abc' }), teams: { enabled: false, webhook: '', channel: '' } })
    expect(Object.keys(validate(wrong))).toEqual([
      '/name',
      '/conditionConfig/threshold',
      '/conditionConfig/duration',
      '/forMinutes',
      '/notificationConfig/email/recipients',
      '/notificationConfig/webhook/url',
      '/notificationConfig/webhook/secret',
      '/notificationConfig/teams/webhook',
    ])
  })
})

test('the request holds what was written and no more', () => {
  const draft = count({ threshold: '8', groups: ['servers'] }, {
    name: ' Few servers ',
    ...email('ops@acme.example'),
    ...webhook({
      url: 'https://hooks.acme.example/x ',
      headers: [
        { name: 'X-Team', value: 'net' },
        { name: '', value: '' },
      ],
    }),
    discord: { enabled: false, webhook: ' https://discord.com/api/webhooks/1/x', channel: 'not a field of Discord' },
  })
  expect(toRequest(draft)).toEqual({
    name: 'Few servers',
    conditionType: 'peer_count',
    conditionConfig: { operator: 'less_than', threshold: 8, status: 'online', alertPer: 'rule', groups: ['servers'] },
    severity: 'high',
    enabled: true,
    forMinutes: 0,
    keepFiringMinutes: 0,
    channelIds: [],
      escalation: [],
    notificationConfig: {
      email: { enabled: true, recipients: ['ops@acme.example'] },
      webhook: { enabled: true, url: 'https://hooks.acme.example/x', headers: { 'X-Team': 'net' } },
      discord: { enabled: false, webhook: 'https://discord.com/api/webhooks/1/x' },
    },
  })
})
