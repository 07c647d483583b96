import { expect, test } from 'vitest'
import { besides, flapsIn, inWords, lastDays, lookOf, placeIn, segments, share, within } from './history'

const to = '2026-03-08T00:00:00Z'
const periods = [
  { status: 'unknown', from: '2026-02-01T00:00:00Z', to: '2026-02-20T00:00:00Z' },
  { status: 'online', from: '2026-02-20T00:00:00Z', to: '2026-03-04T12:00:00Z' },
  { status: 'offline', from: '2026-03-04T12:00:00Z', to: '2026-03-04T12:00:30Z' },
  { status: 'online', from: '2026-03-04T12:00:30Z', to },
] as const
const history = { periods: [...periods], to, flaps: [{ at: '2026-03-05T00:00:00Z', kind: 'away' as const }, { at: '2026-02-21T00:00:00Z', kind: 'away' as const }] }

test('a strip has the periods of its days, cut to them', () => {
  const shown = within(history, lastDays(history, 7))
  expect(shown.map(({ status, from }) => [status, from])).toEqual([
    ['online', '2026-03-01T00:00:00.000Z'],
    ['offline', '2026-03-04T12:00:00.000Z'],
    ['online', '2026-03-04T12:00:30.000Z'],
  ])
  const [first, outage] = segments(history, lastDays(history, 7))
  expect([first?.left, first?.width]).toEqual([0, 50])
  expect([outage?.left, outage?.width], 'a short one is seen').toEqual([50, 0.3])
})

test('it is said in words, too', () => {
  const told = (of: Parameters<typeof inWords>[0], days: number) => inWords(of, lastDays(history, days), `${days} days`)
  expect(told(history, 7)).toBe('1 outage, 30 s in all; came and went 1 time for a moment, in 7 days.')
  expect(told({ ...history, periods: [periods[1]], flaps: [] }, 30)).toBe('No outage, in the 12 d that it was watched.')
  expect(told(history, 30)).toBe('1 outage, 30 s in all; came and went 2 times for a moment; unknown for 14 d, in 30 days.')
  expect(told({ ...history, periods: [{ status: 'unknown', from: '2026-03-01T00:00:00Z', to }], flaps: [] }, 7)).toBe('Nothing is known in 7 days.')
})

test('a span in the past ends where it ends', () => {
  const span = { from: Date.parse('2026-03-04T11:00:00Z'), to: Date.parse('2026-03-04T13:00:00Z') }
  expect(within(history, span).map(({ from, to: end }) => [from, end]).at(-1)).toEqual(['2026-03-04T12:00:30.000Z', '2026-03-04T13:00:00.000Z'])
  expect(inWords(history, span, '2 h')).toBe('1 outage, 30 s in all, in 2 h.')
  expect(flapsIn(history, span)).toEqual([])
  expect([placeIn(span, span.from), placeIn(span, Date.parse('2026-03-04T12:30:00Z')), placeIn(span, span.to + 1)]).toEqual([0, 75, 100])
})

test('a share is never rounded up to all of it, and says what it leaves out', () => {
  expect([share(1), share(0.99999), share(0.9995), share(null)]).toEqual(['100 %', '99.99 %', '99.95 %', 'unknown'])
  const uptime = { days: 7, online: 0, offline: 0, unconfirmed: 0, unknown: 3_600, watched: 2 * 86_400, ratio: 1 }
  expect(besides(uptime)).toBe('1 h unknown, watched for 2 d')
  expect(besides({ ...uptime, unknown: 0, watched: 7 * 86_400 })).toBe('')
})

test('a status that only a newer server knows has its own name', () => {
  expect(lookOf('offline')).toEqual({ word: 'Offline', tone: 'bad' })
  expect(lookOf('half_asleep')).toEqual({ word: 'Half asleep', tone: 'muted' })
})
