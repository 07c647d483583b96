import { expect, test } from 'vitest'
import { changeWords } from './trendWords'

test.each([
  ['peers', 2, 3.6, '+2 (+3.6 %)'],
  ['peers', -1, -1.75, '−1 (−1.8 %)'],
  ['peers', 0, 0, 'unchanged'],
  // From zero, there is no percentage.
  ['peers', 3, null, '+3'],
  ['ms', -1250, -50, '−1.3 s (−50 %)'],
  ['peers', null, null, undefined],
])('%s, %s, %s: %s', (unit, change, changePercent, words) => {
  expect(changeWords(unit, { change, changePercent })).toBe(words)
})
