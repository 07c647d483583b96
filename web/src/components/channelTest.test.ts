import { expect, test } from 'vitest'
import type { ChannelTest } from '@/api/types'
import { outcome } from './channelTest'

const test200: ChannelTest = { delivered: true, host: 'hooks.slack.com', status: 200, answer: 'ok', tookMs: 180 }

test.each<[ChannelTest, string]>([
  [test200, 'Delivered: 200 in 180 ms'],
  [{ ...test200, tookMs: 2350 }, 'Delivered: 200 in 2.4 s'],
  [{ ...test200, delivered: false, status: 404, reason: 'the receiver answered 404 Not Found' }, 'Not delivered: the receiver answered 404 Not Found'],
  [{ delivered: false, host: 'hooks.slack.com', reason: 'no answer within 10 s', tookMs: 10_000 }, 'Not delivered: no answer within 10 s'],
  [{ delivered: false, host: 'hooks.slack.com', tookMs: 1 }, 'Not delivered: there was no answer'],
])('what came of a test: %j', (result, words) => expect(outcome(result)).toBe(words))
