import { describe, expect, test } from 'vitest'
import { weeksOf } from './weeks'

// A Wednesday.
const NOW = Date.parse('2026-10-21T10:00:00Z')

const span = (from: string, to: string) => ({ from, to })

const weeksTo = (zone: string, ...spans: { from: string; to: string }[]) => weeksOf(spans, zone, NOW, Math.max(...spans.map(({ to }) => Date.parse(to))))

describe('four weeks', () => {
  test('begin on the Monday of this one, with today marked', () => {
    const weeks = weeksTo('Europe/Berlin', span('2026-10-21T10:00:00Z', '2026-11-18T10:00:00Z'))
    expect(weeks.map(({ days }) => days[0]?.day)).toEqual(['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'])
    expect(weeks.flatMap(({ days }) => days).filter(({ isToday }) => isToday)).toEqual([{ day: '2026-10-21', isToday: true, isPast: false }])
    expect(weeks[0]?.days.filter(({ isPast }) => isPast)).toHaveLength(2)
  })

  test('show a span in each week that it is in, and where it goes on', () => {
    const weeks = weeksTo('Europe/Berlin', span('2026-10-19T07:00:00Z', '2026-10-26T08:00:00Z'))
    expect(weeks).toHaveLength(2)
    const [first, second] = weeks.map(({ bars }) => bars[0])
    // From 9:00 on Monday to the end of the week.
    expect(first?.left).toBeCloseTo(9 / 24 / 7)
    expect((first?.left ?? 0) + (first?.width ?? 0)).toBeCloseTo(1)
    expect(first?.goesOn).toEqual({ before: false, after: true })
    // To 9:00 of the next Monday, an hour later by UTC.
    expect(second?.width).toBeCloseTo(9 / 24 / 7)
    expect(second?.goesOn).toEqual({ before: true, after: false })
  })

  test('give a day of 25 hours the width of another', () => {
    const [week] = weeksTo('Europe/Berlin', span('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'))
    expect(week?.bars[0]?.left).toBeCloseTo(6 / 7)
    expect(week?.bars[0]?.width).toBeCloseTo(1 / 7)
  })

  test('that end as a week does begin no other', () => {
    expect(weeksTo('Europe/Berlin', span('2026-10-21T22:00:00Z', '2026-10-25T23:00:00Z'))).toHaveLength(1)
  })

  test('without any span are this week', () => {
    const weeks = weeksOf([], 'UTC', NOW, 0)
    expect(weeks).toHaveLength(1)
    expect(weeks[0]?.bars).toEqual([])
  })

  test('put what overlaps below each other, and what touches in one line', () => {
    const [week] = weeksTo('UTC', span('2026-10-21T08:00:00Z', '2026-10-22T08:00:00Z'), span('2026-10-22T08:00:00Z', '2026-10-23T08:00:00Z'), span('2026-10-21T00:00:00Z', '2026-10-22T20:00:00Z'))
    expect(week?.bars.map(({ span: { from }, line }) => [from.slice(8, 13), line])).toEqual([
      ['21T00', 0],
      ['21T08', 1],
      ['22T08', 1],
    ])
    expect(week?.lines).toBe(2)
  })

  test('leave out what comes after their end', () => {
    expect(weeksOf([span('2026-10-20T00:00:00Z', '2026-12-31T00:00:00Z')], 'UTC', NOW, Date.parse('2026-10-26T00:00:00Z'))).toHaveLength(1)
  })
})
