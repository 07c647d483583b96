import { expect, test } from 'vitest'
import { againstOf, changeWords, trendTitle } from './trendWords'

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

test('what is counted says of how long, and a longer range is held against the longest trend', () => {
  expect(trendTitle('alerts_triggered')).toBe('Alerts fired, 24 h')
  expect(trendTitle('peers_online')).toBe('Online')
  expect(trendTitle('of_tomorrow')).toBe('Of tomorrow')
  expect(againstOf('7d').title).toBe('A week ago')
  expect(againstOf('2y').of).toBe('quarterAgo')
})
