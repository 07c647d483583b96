import { expect, test } from 'vitest'
import type { Delivery, DeliveryTry } from '@/api/types'
import { course, deliveryLook, tryWords, whatWasTold } from './deliveryWords'

test.each<[Pick<Delivery, 'status' | 'attempts' | 'lastError' | 'note'>, string]>([
  [{ status: 'delivered', attempts: 1 }, ''],
  [{ status: 'delivered', attempts: 3 }, 'Delivered on attempt 3'],
  [{ status: 'delivered', attempts: 1, note: 'not sent to 2 recipients who have not confirmed' }, 'Not sent to 2 recipients who have not confirmed'],
  [{ status: 'pending', attempts: 0 }, 'Not tried yet'],
  [{ status: 'delivered', attempts: 1, note: 'held until 07:00 by quiet hours of Ops mail' }, 'Held until 07:00 by quiet hours of Ops mail'],
  [{ status: 'superseded', attempts: 0, note: 'over before 07:00: not told' }, 'Over before 07:00: not told'],
  [{ status: 'pending', attempts: 2, lastError: 'The receiver answered 503.' }, 'Tried 2 times, tries again by itself: The receiver answered 503'],
  [{ status: 'failed', attempts: 8, lastError: 'Mailbox unavailable (550).' }, 'Given up after 8 attempts: Mailbox unavailable (550)'],
  [{ status: 'superseded', attempts: 0, note: 'the alert was resolved before' }, 'The alert was resolved before'],
  [{ status: 'superseded', attempts: 1, lastError: 'no answer within 10 s' }, 'No answer within 10 s'],
])('how it came so: %j', (delivery, words) => expect(course(delivery)).toBe(words))

test('what quiet hours hold says until when, by the clocks of the reader', () => {
  const held = { status: 'pending', attempts: 0, note: 'held until 07:00 by quiet hours of Ops mail', channelName: 'Ops mail', heldUntil: '2026-11-30T06:00:00Z' } as const
  expect(course(held)).toMatch(/^Held until .*30.*\d\d:00.* by quiet hours of Ops mail$/)
  expect(deliveryLook(held).word).toBe('Quiet hours')
})

test('says what was told, also of what a newer API tells', () => {
  expect(whatWasTold({ event: 'fired', alertTitle: 'router-02 is offline' })).toBe('Fired: router-02 is offline')
  expect(whatWasTold({ event: 'escalated', alertTitle: 'router-02 is offline' })).toBe('Escalated: router-02 is offline')
  expect(whatWasTold({ event: 'handed_over' as never })).toBe('Handed over: an alert that is gone')
})

test('a status that it has never heard of is neither good nor bad', () => expect(deliveryLook({ status: 'handed_over' as never })).toMatchObject({ tone: 'muted', word: 'Handed over' }))

test.each<[Pick<DeliveryTry, 'status' | 'error' | 'tookMs'>, string]>([
  [{ status: 204, tookMs: 180 }, 'Answered 204 in 180 ms'],
  [{ tookMs: 1240 }, 'Taken in 1.2 s'],
  [{ status: 503, error: 'the receiver answered 503 Service Unavailable.', tookMs: 41 }, 'The receiver answered 503 Service Unavailable, after 41 ms'],
  [{ error: 'no answer within 15 s', tookMs: 15_000 }, 'No answer within 15 s, after 15 s'],
])('how a try went: %j', (one, words) => expect(tryWords(one)).toBe(words))
