// @vitest-environment jsdom
import { QueryObserver, type QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Alert } from '@/api/types'
import { createQueryClient } from '@/queries/client'
import { live } from './status'
import { createUpdates } from './updates'

const SECOND = 1000

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

const alert = (id: string, part: Partial<Alert> = {}): Alert =>
  ({ id, title: `${id} is offline`, status: 'open', version: 1, notifications: [{ target: 'ops@acme.example' }], ...part }) as Alert

let client: QueryClient
const stops: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') })
  client = createQueryClient()
})

afterEach(() => {
  stops.splice(0).forEach((stop) => stop())
  client.clear()
  live.setState({ state: { is: 'off' } })
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const OVERVIEW = { needsAttention: [], recentAlerts: [] }
const ACCOUNTS = [{ id: 'acc-hq' }, { id: 'acc-field' }]

/** A query that is on screen; told how often it was asked for. */
function show(queryKey: unknown[], more: { refetchInterval?: false; refetchIntervalInBackground?: true } = {}, answer: unknown = { items: [] }) {
  const ask = vi.fn(() => Promise.resolve(answer))
  const observer = new QueryObserver(client, { queryKey, queryFn: ask, ...more })
  stops.push(observer.subscribe(() => undefined))
  return ask
}

async function setUp() {
  const shown = {
    alerts: show(['alerts', { status: 'open' }]),
    alert: show(['alert', 'a-1']),
    otherAlert: show(['alert', 'a-2']),
    overview: show(['overview', 'all'], { refetchIntervalInBackground: true }, OVERVIEW),
    rules: show(['rules']),
    accounts: show(['accounts'], {}, ACCOUNTS),
    peers: show(['peers', {}]),
    // As a page of a list is that is loaded, and out of sight.
    unseen: show(['peers', {}, { cursor: 'next' }], { refetchInterval: false }),
    peersOfField: show(['peers', { accountId: 'acc-field' }]),
    peer: show(['peer', 'any', 'p-1']),
    history: show(['peer-history', 'acc-hq', 'p-1']),
    otherPeer: show(['peer', 'any', 'p-2']),
    topology: show(['topology', 'oldest', 'none']),
  }
  await pass(10)
  live.setState({ state: { is: 'live', since: 0, sureFrom: 0 } })
  const updates = createUpdates(client, () => 0.5)
  stops.push(updates.stop)
  for (const ask of Object.values(shown)) ask.mockClear()
  const asked = () =>
    Object.entries(shown).flatMap(([name, ask]) => {
      const times = ask.mock.calls.length
      ask.mockClear()
      return times === 0 ? [] : [times === 1 ? name : `${name} × ${times}`]
    })
  return { ...updates, asked }
}

describe('what is told is asked for again', () => {
  test('an alert: lists and counts, and that one alert', async () => {
    const { take, asked } = await setUp()
    take({ type: 'alert_triggered', sequence: 1, alert: alert('a-1') })
    expect(asked()).toEqual([])
    await pass(500)
    expect(asked()).toEqual(['alerts', 'alert', 'overview'])
    await pass(20 * SECOND)
    expect(asked()).toEqual([])
  })

  test('peers: what is on screen of them, and each that changed', async () => {
    const { take, asked } = await setUp()
    take({ type: 'peer_status_changed', sequence: 1, accountId: 'acc-hq', changes: [{ peerId: 'p-1', status: 'offline' }] })
    await pass(500)
    expect(asked()).toEqual(['overview', 'peers', 'peer', 'history'])
    expect(client.getQueryState(['peers', {}, { cursor: 'next' }])?.isInvalidated).toBe(true)
  })

  test('a sync: all of that account that comes from NetBird, and the age of it', async () => {
    const { take, asked } = await setUp()
    take({ type: 'sync_completed', sequence: 1, accountId: 'acc-hq', at: '2026-01-01T00:00:00Z', isHealthy: true })
    await pass(1.4 * SECOND)
    expect(asked()).toEqual([])
    await pass(0.2 * SECOND)
    expect(asked()).toEqual(['overview', 'accounts', 'peers', 'peer', 'history', 'otherPeer', 'topology'])
  })

  test('more than is told: alerts, the peers of an account, or all', async () => {
    const { take, asked } = await setUp()
    take({ type: 'reload', sequence: 1, what: 'alerts' })
    await pass(500)
    expect(asked()).toEqual(['alerts', 'alert', 'otherAlert', 'overview'])
    await pass(5 * SECOND)
    take({ type: 'reload', sequence: 2, what: 'peers', accountId: 'acc-field' })
    // What was asked for a moment ago for another reason waits.
    await pass(2 * SECOND)
    expect(asked()).toEqual(['accounts', 'peers', 'peersOfField', 'peer', 'otherPeer', 'topology'])
    await pass(16 * SECOND)
    expect(asked()).toEqual(['overview'])
    take({ type: 'reload', sequence: 3, what: 'all' })
    await pass(2 * SECOND)
    expect(asked()).toEqual(['alerts', 'alert', 'otherAlert', 'overview', 'rules', 'accounts', 'peers', 'peersOfField', 'peer', 'history', 'otherPeer', 'topology'])
  })

  test('a storm is one question a second, and the last of it is asked', async () => {
    const { take, asked } = await setUp()
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      take({ type: 'alert_updated', sequence, alert: alert('a-1', { version: sequence + 1 }) })
      await pass(50)
    }
    expect(asked()).toEqual(['alerts × 5', 'alert × 5', 'overview × 5'])
    await pass(SECOND)
    expect(asked()).toEqual(['alerts', 'alert', 'overview'])
    await pass(10 * SECOND)
    expect(asked()).toEqual([])
  })

  test('syncs of many accounts are four questions a minute', async () => {
    const { take, asked } = await setUp()
    for (let sequence = 1; sequence <= 60; sequence += 1) {
      take({ type: 'sync_completed', sequence, accountId: `acc-${sequence}`, at: '', isHealthy: true })
      await pass(SECOND)
    }
    expect(asked().find((one) => one.startsWith('peers'))).toBe('peers × 4')
  })

  test('of a hidden tab only what is asked for there: the rest when somebody looks', async () => {
    const { take, asked } = await setUp()
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    take({ type: 'alert_triggered', sequence: 1, alert: alert('a-1') })
    // Without a timer, which would be late there.
    await pass(0)
    expect(asked()).toEqual(['overview'])
    expect(client.getQueryState(['alerts', { status: 'open' }])?.isInvalidated).toBe(true)
  })

  test('a first answer that is on its way is asked for once more', async () => {
    const answers: ((list: unknown) => void)[] = []
    const observer = new QueryObserver(client, { queryKey: ['alerts', 'slow'], queryFn: () => new Promise((resolve) => answers.push(resolve)) })
    stops.push(observer.subscribe(() => undefined))
    const { take } = createUpdates(client, () => 0)
    await pass(10)
    take({ type: 'reload', sequence: 1, what: 'alerts' })
    await pass(500)
    expect(answers).toHaveLength(1)
    answers[0]?.([])
    await pass(1.5 * SECOND)
    expect(answers).toHaveLength(2)
  })
})

describe('an alert is at once what it has become, where it is loaded', () => {
  const held = alert('a-1', { history: [] })
  const listed = alert('a-1')
  const next = alert('a-1', { version: 2, status: 'acknowledged', notifications: [] })

  function load() {
    client.setQueryData(['alert', 'a-1'], held, { updatedAt: 1 })
    client.setQueryData(['alerts', {}, { cursor: null }], { items: [alert('a-2'), listed], total: 2, next: null })
    client.setQueryData(['alerts', 'active'], [listed])
    client.setQueryData(['overview', 'all'], { needsAttention: [listed], recentAlerts: [], openAlerts: { total: 1 } })
    return createUpdates(client, () => 0)
  }

  const shown = () => [
    client.getQueryData<Alert>(['alert', 'a-1']),
    client.getQueryData<{ items: Alert[] }>(['alerts', {}, { cursor: null }])?.items[1],
    client.getQueryData<Alert[]>(['alerts', 'active'])?.[0],
    client.getQueryData<{ needsAttention: Alert[] }>(['overview', 'all'])?.needsAttention[0],
  ]

  test('in lists, in the overview and on its page, which keeps what only it knows', () => {
    load().take({ type: 'alert_updated', sequence: 1, alert: next })
    expect(shown().map((one) => one?.status)).toEqual(Array(4).fill('acknowledged'))
    expect(shown()[0]).toMatchObject({ history: [], notifications: [{ target: 'ops@acme.example' }] })
    // Nothing else of the answer is newer than it was.
    expect(client.getQueryState(['alert', 'a-1'])).toMatchObject({ dataUpdatedAt: 1, isInvalidated: true })
  })

  test('and is not what it was before', () => {
    const { take } = load()
    take({ type: 'alert_updated', sequence: 1, alert: alert('a-1', { version: 3, status: 'resolved' }) })
    const before = shown()
    take({ type: 'alert_updated', sequence: 2, alert: next })
    expect(shown()).toEqual(before)
  })
})

describe('polling', () => {
  test('is slow for what is told of, once nothing of it can have been missed, and quick again when it is not', async () => {
    const { asked } = await setUp()
    live.setState({ state: { is: 'live', since: Date.now(), sureFrom: Date.now() + 5 * SECOND } })
    await pass(30 * SECOND)
    expect(asked()).toContain('alerts')
    await pass(100 * SECOND)
    // Rules, and how an alert was told, are told of by nothing.
    expect(asked()).toEqual(['alert × 3', 'otherAlert × 3', 'rules × 3'])
    await pass(80 * SECOND)
    expect(asked()).toContain('alerts')
  })
})
