// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { severitiesWords, stateOf, STATES } from './channelStatus'

const off = { reason: 'the receiver answered 410 Gone', at: '2026-03-01T10:00:00Z' }
const trouble = { reason: 'the receiver answered 500', since: '2026-03-01T10:00:00Z' }

test('what is switched off by the platform, and what fails, is told from what somebody switched off', () => {
  expect([stateOf({ enabled: true }), stateOf({ enabled: true, trouble }), stateOf({ enabled: false, trouble }), stateOf({ enabled: false, off, trouble })]).toEqual(['on', 'failing', 'off', 'stopped'])
  expect(STATES.map(({ value }) => value)).toEqual(['on', 'failing', 'stopped', 'off'])
})

test('severities in words', () => {
  expect(severitiesWords([])).toBe('All severities')
  expect(severitiesWords(['low', 'medium', 'high', 'critical'])).toBe('All severities')
  expect(severitiesWords(['high', 'critical'])).toBe('Critical and high')
})
