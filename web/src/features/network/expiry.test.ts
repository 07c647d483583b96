import { describe, expect, test } from 'vitest'
import { expiryOf, stateAt } from './expiry'

const NOW = new Date('2026-03-10T12:00:00Z')

describe('the end of a setup key', () => {
  test.each([
    ['valid', undefined, { kind: 'never', text: 'never expires' }],
    ['valid', '2026-03-15T12:00:00Z', { kind: 'soon', text: 'expires in 5 d' }],
    ['valid', '2026-03-24T12:00:00Z', { kind: 'soon', text: 'expires in 14 d' }],
    ['valid', '2026-03-24T12:00:01Z', { kind: 'later', text: 'expires in 14 d' }],
    ['valid', '2026-03-10T13:00:00Z', { kind: 'soon', text: 'expires in 1 h' }],
    // It admits nobody: nobody waits for another.
    ['revoked', '2026-03-15T12:00:00Z', { kind: 'later', text: 'expires in 5 d' }],
    ['overused', '2026-03-15T12:00:00Z', { kind: 'later', text: 'expires in 5 d' }],
    // NetBird was asked before it ended.
    ['valid', '2026-03-10T12:00:00Z', { kind: 'past', text: 'expired 0 s ago' }],
    ['expired', '2026-03-07T12:00:00Z', { kind: 'past', text: 'expired 3 d ago' }],
  ])('%s until %s', (state, expires, expected) => {
    expect(expiryOf({ state, ...(expires !== undefined && { expires }) }, NOW)).toEqual(expected)
  })
})

describe('the state of a setup key', () => {
  test.each([
    ['valid', undefined, 'valid'],
    ['valid', '2026-03-10T12:00:01Z', 'valid'],
    ['valid', '2026-03-10T12:00:00Z', 'expired'],
    ['valid', '2026-03-01T12:00:00Z', 'expired'],
    // That it was revoked says more.
    ['revoked', '2026-03-01T12:00:00Z', 'revoked'],
    ['overused', '2026-03-01T12:00:00Z', 'overused'],
  ])('%s until %s', (state, expires, expected) => {
    expect(stateAt({ state, ...(expires !== undefined && { expires }) }, NOW)).toBe(expected)
  })
})
