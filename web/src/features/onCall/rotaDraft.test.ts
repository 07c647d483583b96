import { describe, expect, test } from 'vitest'
import type { Rota } from '@/api/types'
import { absenceWords, absentOf, hueOf } from './people'
import { draftOf, moved, newDraft, toRequest, validate, withOverride, withoutOverride } from './rotaDraft'
import { handoverWords } from './rotaWords'

const nora = { id: 'u-1', name: 'Nora' }
const jonas = { id: 'u-2', name: 'Jonas' }

const rota: Rota = {
  id: 'r-1',
  name: 'Night shift',
  timeZone: 'Europe/Berlin',
  handover: { time: '09:00', weekday: 'monday' },
  every: 'week',
  startsOn: '2026-11-23',
  people: [nora, jonas],
  overrides: [{ id: 'o-1', user: nora, from: '2026-12-01T08:00:00Z', to: '2026-12-02T08:00:00Z' }],
  onCall: { user: nora },
  until: '2026-11-30T08:00:00Z',
  shifts: [],
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  version: 4,
}

const overrides = [{ id: 'o-1', userId: 'u-1', from: '2026-12-01T08:00:00Z', to: '2026-12-02T08:00:00Z' }]

describe('a rota in the form', () => {
  test('is sent back as it was, with its overrides', () => {
    const draft = draftOf(rota)
    expect(validate(draft)).toEqual({})
    expect(toRequest(rota.overrides)(draft)).toEqual({
      name: 'Night shift',
      timeZone: 'Europe/Berlin',
      handover: { time: '09:00', weekday: 'monday' },
      every: 'week',
      startsOn: '2026-11-23',
      people: ['u-1', 'u-2'],
      overrides,
    })
  })

  test('of days has no weekday', () => expect(toRequest([])({ ...draftOf(rota), every: 'day' }).handover).toEqual({ time: '09:00' }))

  test('begins with the Monday of this week where somebody is', () => {
    // Monday already, in Auckland.
    expect(newDraft(Date.parse('2026-11-29T12:00:00Z'), 'Pacific/Auckland').startsOn).toBe('2026-11-30')
    expect(newDraft(Date.parse('2026-11-29T12:00:00Z'), 'Europe/Berlin').startsOn).toBe('2026-11-23')
  })

  test('says what is missing', () => {
    expect(Object.keys(validate({ ...draftOf(rota), name: ' ', people: [], time: '9', startsOn: '' }))).toEqual(['/name', '/people', '/handover/time', '/startsOn'])
    expect(Object.keys(validate({ ...draftOf(rota), people: Array.from({ length: 21 }, (_, index) => ({ id: String(index), name: '' })) }))).toEqual(['/people'])
  })

  test('has people moved among themselves', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
  })
})

test('an override is added to those that there are, and taken away', () => {
  const added = { userId: 'u-2', from: '2026-12-05T08:00:00Z', to: '2026-12-06T08:00:00Z' }
  expect(withOverride(rota, added).overrides).toEqual([...overrides, added])
  expect(withoutOverride(rota, 'o-1').overrides).toEqual([])
})

test('everybody has a colour, who only stands in too', () => {
  const hues = [hueOf(rota.people, 'u-1'), hueOf(rota.people, 'u-2'), hueOf(rota.people, 'u-3')]
  expect(new Set(hues).size).toBe(3)
  expect(hues.every((hue) => hue >= 0 && hue < 360)).toBe(true)
})

test('who is passed over is named once, with the reason', () => {
  const gone = { id: 'u-9', name: 'Ingrid', absence: 'left' as const }
  expect(absentOf([nora, gone, gone])).toEqual([gone])
  expect(absenceWords('unconfirmed')).toBe('has not confirmed their address')
  expect(absenceWords('on_the_moon' as never)).toBe('is passed over (on the moon)')
})

test('turns are told by the clocks of the rota', () => {
  expect(handoverWords(rota)).toBe('Every Monday at 09:00, Europe/Berlin')
  expect(handoverWords({ ...rota, every: 'day', timeZone: 'America/New_York', handover: { time: '18:00' } })).toBe('Every day at 18:00, America/New York')
})
