import type { DeliveryTry } from '../src/api/types'
import { before, MINUTE } from './times'

/** Two that failed a while ago, and when it is tried next. */
export const waiting = (): DeliveryTry[] => [
  { at: before(7 * MINUTE - 4000), tookMs: 15_000, error: 'no answer within 15 s', nextTryAt: before(7 * MINUTE - 9000) },
  { at: before(2 * MINUTE), tookMs: 412, status: 503, error: 'the receiver answered 503 Service Unavailable', answer: '{"error":"overloaded","retry":"later","request":"0193b000-0000-7000-8000-000000000004-0"}', nextTryAt: before(-3 * MINUTE) },
]

/** Two mails that were put off, and the one that was taken. */
export const thirdTime = (): DeliveryTry[] => [
  { at: before(7 * MINUTE - 2000), tookMs: 210, error: 'greylisted, please try again later (451)', nextTryAt: before(7 * MINUTE - 7000) },
  { at: before(7 * MINUTE - 8000), tookMs: 190, error: 'greylisted, please try again later (451)', nextTryAt: before(5 * MINUTE) },
  { at: before(5 * MINUTE), tookMs: 230 },
]

export const atOnce = (at: string): DeliveryTry[] => [{ at, tookMs: 180, status: 200, answer: 'ok' }]

/** So many that failed alike, with what a receiver says of it. */
const refused = (count: number, from: number, apart: number, how: Pick<DeliveryTry, 'status' | 'answer' | 'error'>): DeliveryTry[] =>
  Array.from({ length: count }, (_, index) => ({
    at: before(from - index * apart),
    tookMs: 120 + index * 7,
    ...how,
    ...(index < count - 1 && { nextTryAt: before(from - (index + 1) * apart) }),
  }))

export const noMailbox = (count: number, from: number, apart: number): DeliveryTry[] => refused(count, from, apart, { error: 'mailbox unavailable (550)' })

export const goneAway = (count: number, from: number, apart: number): DeliveryTry[] =>
  refused(count, from, apart, {
    status: 410,
    error: 'the receiver answered 410 Gone: it wants no more messages',
    answer: '{"error":{"code":"WorkflowTriggerIsNotEnabled","message":"Could not execute workflow 0bd2d7f53a6e4f0bb1a0cd6a7c6dd2c1 trigger manual with state Disabled."}}',
  })

/** As an alert tells of them: without what was answered. */
export const unanswered = (tries: DeliveryTry[]): DeliveryTry[] => tries.map(({ answer: _, ...one }) => one)
