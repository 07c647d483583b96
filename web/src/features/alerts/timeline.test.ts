import { expect, test } from 'vitest'
import type { Alert } from '@/api/types'
import { timeline } from './timeline'

const alert: Alert = {
  id: 'a',
  ruleId: 'r',
  ruleName: 'Routing peer down',
  accountId: 'acc',
  accountName: 'HQ',
  status: 'resolved',
  severity: 'critical',
  title: 'router-02 is back online',
  message: 'router-02 has been online for 1 min.',
  problem: 'router-02 is offline',
  details: { beganAt: '2026-03-01T02:38:14Z', groups: [], of: 12, affected: { total: 0, peers: [] } },
  triggeredAt: '2026-03-01T02:41:14Z',
  acknowledgedAt: '2026-03-01T02:50:00Z',
  acknowledgedBy: { id: 'u', name: 'Nora' },
  acknowledgedMessage: 'On my way.',
  resolvedAt: '2026-03-01T03:10:00Z',
  routedBy: [],
  toldTo: ['ops@acme.example'],
  notifications: [
    { channel: 'email', target: 'ops@acme.example', event: 'fired', status: 'delivered', attempts: 1, at: '2026-03-01T02:41:20Z' },
    { channel: 'webhook', target: 'hooks.acme.example', event: 'resolved', status: 'failed', attempts: 8, lastError: 'It answered 500.', at: '2026-03-01T03:10:00Z' },
  ],
  version: 3,
}

test('tells an alert newest first, effects above their causes', () => {
  expect(timeline(alert).map(({ lead, text, note }) => [lead, text, note])).toEqual([
    ['Resolved', 'by itself: router-02 is back online', undefined],
    ['Could not tell', 'hooks.acme.example by webhook that it is resolved', 'Given up after 8 attempts: It answered 500.'],
    ['Acknowledged', 'by Nora', 'On my way.'],
    ['Told', 'ops@acme.example by email', 'Delivered on the first attempt'],
    ['Fired', 'router-02 is offline', undefined],
    ['Began', '', 'Condition began, as reported by NetBird'],
  ])
})

test('what a limit held back, and whom nothing was sent to, is said', () => {
  const at = '2026-03-01T10:06:00Z'
  const email = { channel: 'email', target: 'ops@acme.example', event: 'fired', attempts: 0, at } as const
  const [held, delivered] = timeline({
    ...alert,
    resolvedAt: null,
    acknowledgedAt: null,
    notifications: [
      { ...email, status: 'delivered', attempts: 1, note: 'not sent to 2 recipients who have not confirmed' },
      { ...email, status: 'held', lastError: '600 messages within an hour', at: '2026-03-01T10:07:00Z' },
    ],
  })
  expect(held).toMatchObject({ tone: 'warn', lead: 'Held back for', text: 'ops@acme.example by email' })
  expect(held?.note).toBe('A limit of messages is reached; the next message sums this one up: 600 messages within an hour')
  expect(delivered?.note).toBe('Delivered on the first attempt. Not sent to 2 recipients who have not confirmed')
})

test('what quiet hours hold says until when', () => {
  const [held] = timeline({
    ...alert,
    resolvedAt: null,
    acknowledgedAt: null,
    notifications: [{ channel: 'slack', channelName: 'Ops', target: 'hooks.slack.com', event: 'fired', status: 'pending', attempts: 0, note: 'held until 07:00 by quiet hours of Ops', heldUntil: '2026-03-02T06:00:00Z', at: '2026-03-01T10:07:00Z' }],
  })
  expect(held).toMatchObject({ tone: 'muted', lead: 'Held back for', text: 'Ops in Slack' })
  expect(held?.note).toMatch(/^Held until .*2.*:00.* by quiet hours of Ops$/)
})

test('what quiet hours hold keeps the tries from before', () => {
  const tries = [{ at: '2026-03-01T20:59:00Z', tookMs: 143, status: 503, error: 'the receiver answered 503' }]
  const heldUntil = '2026-03-02T06:00:00Z'
  const [held] = timeline({
    ...alert,
    resolvedAt: null,
    acknowledgedAt: null,
    notifications: [{ channel: 'slack', channelName: 'Ops', target: 'hooks.slack.com', event: 'fired', status: 'pending', attempts: 1, tries, nextAttempt: heldUntil, heldUntil, at: '2026-03-01T20:59:00Z' }],
  })
  expect(held?.attempts).toEqual({ tries, earlier: 0, nextAt: heldUntil })
})

test('what came too late to be told is said with its reason', () => {
  const [late] = timeline({
    ...alert,
    notifications: [
      { channel: 'webhook', target: 'hooks.acme.example', event: 'fired', status: 'superseded', attempts: 2, note: 'not sent: resolved meanwhile', at: '2026-03-01T04:00:00Z' },
    ],
  })
  expect(late).toMatchObject({ tone: 'muted', lead: 'Did not tell', text: 'hooks.acme.example by webhook', note: 'Not sent: resolved meanwhile' })
})

test('a shared channel is called by its name', () => {
  const [told] = timeline({
    ...alert,
    notifications: [{ channel: 'slack', channelName: 'Operations', target: '#ops at hooks.slack.com', event: 'fired', status: 'delivered', attempts: 1, at: '2026-03-01T04:00:00Z' }],
  })
  expect(told).toMatchObject({ lead: 'Told', text: 'Operations in Slack' })
})

test.each([
  ['slack', '#ops at hooks.slack.com', '#ops at hooks.slack.com in Slack'],
  ['teams', 'acme.logic.azure.com', 'acme.logic.azure.com in Microsoft Teams'],
  ['discord', 'discord.com', 'discord.com in Discord'],
  ['carrier_pigeon', 'the roof', 'the roof by carrier pigeon'],
])('whoever is told by %s', (channel, target, text) => {
  const [told] = timeline({
    ...alert,
    notifications: [{ channel: channel as 'slack', target, event: 'fired', status: 'delivered', attempts: 1, at: '2026-03-01T04:00:00Z' }],
  })
  expect(told).toMatchObject({ lead: 'Told', text })
})

test('an escalation is told in the history’s words, and whom it told', () => {
  const [told, escalated] = timeline({
    ...alert,
    resolvedAt: null,
    acknowledgedAt: null,
    notifications: [{ channel: 'ntfy', channelName: 'Night shift', target: 'ntfy.acme.example', event: 'escalated', status: 'delivered', attempts: 1, at: '2026-03-01T03:00:05Z' }],
    history: [{ at: '2026-03-01T03:00:00Z', event: 'escalated', message: 'Nobody acknowledged it within 15 min: told Night shift' }],
  })
  expect(escalated).toMatchObject({ tone: 'warn', lead: 'Escalated', text: 'Nobody acknowledged it within 15 min: told Night shift' })
  expect(told).toMatchObject({ lead: 'Told', text: 'Night shift by ntfy, as nobody had acknowledged it' })
})

test('what people say of it stands among what happened', () => {
  const [comment] = timeline({ ...alert, history: [{ event: 'commented', at: '2026-03-01T05:00:00Z', by: { id: 'u', name: 'Nora' }, message: 'The provider says an hour.' }] })
  expect(comment).toEqual({ at: '2026-03-01T05:00:00Z', tone: 'info', lead: 'Nora', text: 'commented', said: 'The provider says an hour.' })
})

test('which routes told whom when it fired is said there', () => {
  const message = 'The route “Night” told Duty officers and Phones.'
  const fired = timeline({ ...alert, history: [{ at: alert.triggeredAt, event: 'fired', message }] }).find(({ lead }) => lead === 'Fired')
  expect(fired?.note).toBe(message)
})
