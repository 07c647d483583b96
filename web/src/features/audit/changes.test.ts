import { describe, expect, test } from 'vitest'
import { changesOf, fieldTitle } from './changes'

describe('old and new values', () => {
  test('stand side by side, and what differs is marked', () => {
    expect(changesOf({ name: 'Acme', alertRetentionDays: 90 }, { name: 'Acme Networks', alertRetentionDays: 90 })).toEqual([
      { field: 'name', before: 'Acme', after: 'Acme Networks', isChanged: true },
      { field: 'alertRetentionDays', before: '90', after: '90', isChanged: false },
    ])
  })

  test('a field of one side is changed where there are two', () => {
    expect(changesOf({ status: 'open' }, { status: 'suppressed', until: null })).toEqual([
      { field: 'status', before: 'open', after: 'suppressed', isChanged: true },
      { field: 'until', before: undefined, after: 'none', isChanged: true },
    ])
  })

  test('what was made or deleted is marked nowhere', () => {
    expect(changesOf(undefined, { role: 'viewer' })).toEqual([{ field: 'role', before: undefined, after: 'viewer', isChanged: false }])
    expect(changesOf({ role: 'viewer' }, null)).toEqual([{ field: 'role', before: 'viewer', after: undefined, isChanged: false }])
    expect(changesOf(undefined, undefined)).toEqual([])
  })

  test.each([
    [['a', 'b'], 'a, b'],
    [[{ value: 'ops', role: 'admin' }], '{"value":"ops","role":"admin"}'],
    [[], 'none'],
    [{}, '{}'],
    ['', 'none'],
    [false, 'no'],
    [0, '0'],
    ['<b>bold</b>', '<b>bold</b>'],
  ])('%j is said as a text', (value, text) => {
    expect(changesOf(undefined, { field: value })[0]?.after).toBe(text)
  })

  test('fields within fields have their path', () => {
    expect(changesOf(undefined, { webhook: { url: 'https://hooks.example' } }).map(({ field }) => field)).toEqual(['webhook.url'])
  })

  test('a value without fields is one', () => {
    expect(changesOf('on', 'off')).toEqual([{ field: 'value', before: 'on', after: 'off', isChanged: true }])
  })
})

test.each([
  ['keepFiringMinutes', 'Keep firing minutes'],
  ['name', 'Name'],
  ['ipAllowList', 'IP allow list'],
  ['webhook.baseUrl', 'Webhook: base URL'],
  ['slack', 'Slack'],
  ['teams', 'Microsoft Teams'],
])('%s is titled “%s”', (field, title) => expect(fieldTitle(field)).toBe(title))
