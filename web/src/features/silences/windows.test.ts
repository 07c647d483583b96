import { describe, expect, test } from 'vitest'
import type { Silence } from '@/api/types'
import { mutedFrom, onDays } from './windows'

const silence = (more: Partial<Silence>): Silence => ({
  id: 's-1',
  name: 'Updates',
  comment: '',
  matchers: { ruleIds: [], severities: [], accountIds: [], groupIds: [], peerIds: [], everything: true },
  startsAt: '2026-10-01T00:00:00Z',
  endsAt: '2026-12-01T00:00:00Z',
  enabled: true,
  status: 'scheduled',
  mutes: 'All alerts',
  when: '',
  windows: [],
  named: [],
  createdAt: '2026-10-01T00:00:00Z',
  createdBy: { id: 'u-1', name: 'Nora' },
  updatedAt: '2026-10-01T00:00:00Z',
  version: 1,
  ...more,
})

const weekly = (days: NonNullable<Silence['recurrence']>['days'], from: string, minutes: number, timeZone = 'Europe/Berlin') => ({ recurrence: { days, from, minutes, timeZone } })

const between = (now: string, until: string, ...silences: Silence[]) => mutedFrom(silences, Date.parse(now), Date.parse(until)).map(({ from, to }) => [from, to].map((at) => at.replace(':00.000Z', 'Z')).join(' to '))

describe('what mutes', () => {
  test('all the time is one window', () => expect(between('2026-10-20T00:00:00Z', '2026-11-17T00:00:00Z', silence({}))).toEqual(['2026-10-01T00:00Z to 2026-12-01T00:00Z']))

  test('begins when the clocks of its place show it, also when they are changed', () =>
    expect(between('2026-10-20T00:00:00Z', '2026-10-31T00:00:00Z', silence(weekly(['friday'], '22:00', 240)))).toEqual(['2026-10-23T20:00Z to 2026-10-24T00:00Z', '2026-10-30T21:00Z to 2026-10-31T01:00Z']))

  test('begins later where the clocks skip the time, and the first time where they show it twice', () => {
    expect(between('2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z', silence({ ...weekly(['sunday'], '02:30', 60), startsAt: '2026-03-01T00:00:00Z' }))).toEqual(['2026-03-29T01:30Z to 2026-03-29T02:30Z'])
    expect(between('2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z', silence(weekly(['sunday'], '02:30', 60)))).toEqual(['2026-10-25T00:30Z to 2026-10-25T01:30Z'])
  })

  test('goes on from the day before, and is over when it ends', () => {
    expect(between('2026-10-24T01:00:00Z', '2026-10-25T00:00:00Z', silence(weekly(['friday'], '22:00', 600)))).toEqual(['2026-10-23T20:00Z to 2026-10-24T06:00Z'])
    expect(between('2026-10-24T06:00:00Z', '2026-10-25T00:00:00Z', silence(weekly(['friday'], '22:00', 600)))).toEqual([])
  })

  test('lies within the time of the silence', () => {
    const whole = { ...weekly(['monday', 'tuesday'], '00:00', 1440, 'UTC'), startsAt: '2026-10-19T12:00:00Z', endsAt: '2026-10-20T06:00:00Z' }
    expect(between('2026-10-18T00:00:00Z', '2026-11-01T00:00:00Z', silence(whole))).toEqual(['2026-10-19T12:00Z to 2026-10-20T00:00Z', '2026-10-20T00:00Z to 2026-10-20T06:00Z'])
  })

  test('in a place that the browser does not know is what the API names', () => {
    const windows = [{ startsAt: '2026-10-21T10:00:00Z', endsAt: '2026-10-21T11:00:00Z', words: '' }]
    expect(between('2026-10-20T00:00:00Z', '2026-11-01T00:00:00Z', silence({ ...weekly(['wednesday'], '10:00', 60, 'Mars/Olympus_Mons'), windows }))).toEqual(['2026-10-21T10:00Z to 2026-10-21T11:00Z'])
  })

  test('is not what is switched off, nor what is over', () => expect(between('2026-10-20T00:00:00Z', '2026-11-01T00:00:00Z', silence({ enabled: false }), silence({ endsAt: '2026-10-19T00:00:00Z' }))).toEqual([]))
})

test.each([
  ['2026-10-20T20:00:00Z', '2026-10-21T00:00:00Z', '2026-10-20', '2026-10-21'],
  ['2026-10-20T20:00:00Z', '2026-10-22T10:00:00Z', '2026-10-20', '2026-10-23'],
  ['2026-10-20T00:00:00Z', '2026-10-22T00:00:00Z', '2026-10-20', '2026-10-22'],
])('from %s to %s stands on its days', (from, to, first, after) => {
  const shown = onDays({ silence: silence({}), from, to }, 'UTC')
  expect([shown.from.slice(0, 10), shown.to.slice(0, 10)]).toEqual([first, after])
})
