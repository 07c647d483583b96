import { expect, test } from 'vitest'
import { changeWords } from './trendWords'

test.each([
  ['peers', 2, 3.6, '+2 (+3.6 %)'],
  ['peers', -1, -1.75, '−1 (−1.8 %)'],
  ['peers', 0, 0, 'unchanged'],
  // From zero, there is no percentage.
  ['peers', 3, null, '+3'],
  ['ms', -1250, -50, '−1.3 s (−50 %)'],
  ['percent', -2.34, -2.4, '−2.3 points'],
  ['peers', null, null, undefined],
])('%s, %s, %s: %s', (unit, change, changePercent, words) => {
  expect(changeWords(unit, { change, changePercent })?.replaceAll('\u00a0', ' ')).toBe(words)
})

test('a line ends before the percentage, and nowhere else', () => {
  expect(changeWords('ms', { change: -809, changePercent: -65.2 })?.split(' ')).toEqual(['−809\u00a0ms', '(−65.2\u00a0%)'])
})
