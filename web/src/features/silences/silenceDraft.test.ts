import { describe, expect, test } from 'vitest'
import type { Silence } from '@/api/types'
import { DAY, HOUR } from '@/lib/time'
import { draftOf, newDraft, toField, toPreview, toRequest, validate } from './silenceDraft'

const inHours = (hours: number) => toField(new Date(Date.now() + hours * HOUR))

describe('a draft of a silence', () => {
  test('is prefilled by what is to be muted', () => {
    const draft = { ...newDraft({ rule: 'r', account: 'a' }), name: ' Move ' }
    expect(validate(draft)).toEqual({})
    expect(toRequest(draft)).toMatchObject({ name: 'Move', matchers: { ruleIds: ['r'], accountIds: ['a'], severities: [] }, enabled: true })
    expect(toRequest(draft)).not.toHaveProperty('startsAt')
  })

  test('names what is wrong', () => {
    expect(Object.keys(validate({ ...newDraft({}), endsAt: '' }))).toEqual(['/name', '/matchers', '/endsAt'])
    const draft = { ...newDraft({ severity: 'low' as const }), name: 'Move' }
    expect(Object.keys(validate({ ...draft, endsAt: inHours(-1) }))).toEqual(['/endsAt'])
    expect(Object.keys(validate({ ...draft, startsAt: inHours(3), endsAt: inHours(2) }))).toEqual(['/endsAt'])
    expect(Object.keys(validate({ ...draft, endsAt: inHours(91 * 24) }))).toEqual(['/endsAt'])
    const recurring = { ...draft, recurs: true, endsAt: inHours(91 * 24) }
    expect(Object.keys(validate(recurring))).toEqual(['/recurrence/days'])
    expect(Object.keys(validate({ ...recurring, days: ['monday'], from: '', minutes: '1441' }))).toEqual(['/recurrence/from', '/recurrence/minutes'])
  })

  test('names groups and peers of one account alone, and so many', () => {
    const draft = { ...newDraft({ account: 'a' }), name: 'Move', groupIds: ['g'], peerIds: ['p'] }
    expect(toRequest(draft).matchers).toMatchObject({ groupIds: ['g'], peerIds: ['p'] })
    expect(toRequest({ ...draft, accountIds: ['a', 'b'] }).matchers).toMatchObject({ groupIds: [], peerIds: [] })
    expect(toRequest({ ...draft, everything: true }).matchers).toEqual({ everything: true })
    const many = Array.from({ length: 21 }, (_, n) => String(n))
    expect(validate({ ...draft, peerIds: many, groupIds: many })).toMatchObject({ '/matchers/peerIds': 'At most 20 peers. A group of them may be muted instead.', '/matchers/groupIds': 'At most 20 groups.' })
  })

  test('can be asked about once it is whole, though it has no name', () => {
    expect(toPreview(newDraft({}))).toBeUndefined()
    expect(toPreview({ ...newDraft({}), everything: true, ruleIds: ['r'] })?.matchers).toEqual({ everything: true })
  })

  test('is what the silence was', () => {
    const at = (milliseconds: number) => new Date(Math.floor((Date.now() + milliseconds) / 60_000) * 60_000).toISOString()
    const silence = {
      name: 'Move',
      comment: 'Call Grace',
      matchers: { ruleIds: ['r'], severities: ['high'], accountIds: ['a'], groupIds: ['g'], peerIds: ['p'], everything: false },
      startsAt: at(0),
      endsAt: at(DAY),
      recurrence: { days: ['friday'], from: '22:00', minutes: 60, timeZone: 'Europe/Berlin' },
      enabled: false,
    } as unknown as Silence
    const { name, comment, matchers, startsAt, endsAt, recurrence, enabled } = silence
    expect(toRequest(draftOf(silence))).toEqual({ name, comment, matchers: { ruleIds: ['r'], severities: ['high'], accountIds: ['a'], groupIds: ['g'], peerIds: ['p'] }, startsAt, endsAt, recurrence, enabled })
    expect(matchers.everything).toBe(false)
  })
})
