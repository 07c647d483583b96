import { expect, test } from 'vitest'
import { spanWords } from './words'

test('a span is told by the clocks of a place, with its last day where that is another one', () => {
  const [from, to] = spanWords('2026-11-30T22:30:00Z', '2026-11-30T23:30:00Z', 'Europe/Berlin').split(' to ')
  expect(from).toMatch(/Mon .*30/)
  expect(to).toMatch(/Tue .*1/)
  expect(spanWords('2026-11-30T08:00:00Z', '2026-11-30T16:00:00Z', 'Europe/Berlin').split(' to ')[1]).toMatch(/^0?5:00 PM$|^17:00$/)
})
