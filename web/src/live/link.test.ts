// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveMessage, LiveRefusal, LiveRequest } from '@/api/types'
import { createLink, type LiveNews, type LiveSocket } from './link'
import type { LiveState } from './status'

const SECOND = 1000

/** A socket whose other end is the test. */
class FakeSocket implements LiveSocket {
  readyState: LiveSocket['readyState'] = 0
  said: LiveRequest[] = []
  onopen: LiveSocket['onopen'] = null
  onmessage: LiveSocket['onmessage'] = null
  onclose: LiveSocket['onclose'] = null
  closed = false

  send(text: string): void {
    this.said.push(JSON.parse(text) as LiveRequest)
  }

  close(): void {
    this.closed = true
    this.readyState = 3
  }

  open(): void {
    this.readyState = 1
    this.onopen?.call(this as never, new Event('open'))
  }

  tell(message: LiveMessage | string): void {
    this.onmessage?.call(this as never, new MessageEvent('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }))
  }

  /** The other end closes. */
  end(code = 1006): void {
    this.readyState = 3
    this.onclose?.call(this as never, new CloseEvent('close', { code }))
  }
}

type Mode = 'in' | 'out' | 'unreachable'

function setUp(mode: Mode = 'in') {
  const sockets: FakeSocket[] = []
  const news: LiveNews[] = []
  const states: LiveState[] = []
  const asked: number[] = []
  const session = { tokens: 0, lasts: 600 * SECOND, mode, luck: 0 }
  const link = createLink({
    open: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    token: (least) => {
      asked.push(least)
      if (session.mode === 'unreachable') return Promise.reject(new Error('no answer'))
      session.tokens += 1
      return Promise.resolve(session.mode === 'in' ? { value: `token-${session.tokens}`, lasts: session.lasts } : undefined)
    },
    random: () => session.luck,
    onNews: (one) => news.push(one),
    onState: (state) => states.push(state),
  })
  const latest = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }
  return {
    link,
    sockets,
    news,
    asked,
    session,
    latest,
    state: () => states.at(-1),
    /** The platform takes the token of the latest socket. */
    welcome: async (sequence = 10) => {
      await pass(0)
      latest().open()
      latest().tell({ type: 'ready', sequence, expiresAt: '2026-01-01T00:10:00Z' })
    },
    refuse: (code: LiveRefusal, closeCode?: number) => {
      latest().tell({ type: 'error', code, detail: 'No.' })
      latest().end(closeCode)
    },
  }
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const synced = (sequence: number): LiveMessage => ({ type: 'sync_completed', sequence, accountId: 'acc', at: '2026-01-01T00:00:00Z', isHealthy: true })

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a socket', () => {
  test('says who it is first, in a message and never in its address, and is live once it is told so', async () => {
    const { latest, state, welcome } = setUp()
    expect(state()).toEqual({ is: 'connecting' })
    await welcome()
    expect(latest().said).toEqual([{ type: 'auth', token: 'token-1' }])
    expect(state()).toMatchObject({ is: 'live', since: Date.now() })
    // What was on its way then is not taken to be told of.
    expect(state()).toMatchObject({ sureFrom: Date.now() + 5 * SECOND })
  })

  test('is given up when nobody says that it is ready', async () => {
    const { sockets, latest, state } = setUp()
    await pass(0)
    latest().open()
    await pass(14.9 * SECOND)
    expect(state()).toEqual({ is: 'connecting' })
    await pass(SECOND)
    expect(sockets[0]?.closed).toBe(true)
    expect(state()).toMatchObject({ is: 'polling', why: 'cut' })
    expect(sockets).toHaveLength(2)
  })

  test('is not opened without a session', async () => {
    const { sockets } = setUp('out')
    await pass(300 * SECOND)
    expect(sockets).toHaveLength(0)
  })

  test('passes on what comes, once and in order, and nothing that it does not understand', async () => {
    const { latest, news, welcome } = setUp()
    await welcome(10)
    for (const sequence of [11, 12, 12, 11, 15]) latest().tell(synced(sequence))
    latest().tell('junk')
    expect(news.map(({ sequence }) => sequence)).toEqual([11, 12, 15])
  })

  test('takes what came before it was told its own place', async () => {
    const { latest, news, welcome } = setUp()
    await welcome(10)
    latest().tell(synced(10))
    expect(news).toHaveLength(1)
  })

  test('says when it has heard nothing for long, and is given up when nobody answers', async () => {
    const { sockets, latest, welcome } = setUp()
    await welcome()
    await pass(80 * SECOND)
    latest().tell(synced(11))
    await pass(80 * SECOND)
    expect(latest().said).toHaveLength(1)
    await pass(10 * SECOND)
    expect(latest().said.at(-1)).toEqual({ type: 'ping' })
    latest().tell({ type: 'pong' })
    await pass(89 * SECOND)
    expect(sockets).toHaveLength(1)
    await pass(SECOND + 9 * SECOND)
    expect(sockets[0]?.closed).toBe(false)
    await pass(SECOND)
    expect(sockets[0]?.closed).toBe(true)
  })

  test('goes on with the next token before the last one expires', async () => {
    const { sockets, latest, asked, session, state, welcome } = setUp()
    await welcome()
    const live = state()
    for (let minute = 1; minute < 9; minute += 1) {
      await pass(60 * SECOND)
      latest().tell(synced(10 + minute))
    }
    session.mode = 'unreachable'
    await pass(35 * SECOND)
    expect(asked).toEqual([90 * SECOND, 90 * SECOND])
    session.mode = 'in'
    await pass(10 * SECOND)
    expect(latest().said).toEqual([
      { type: 'auth', token: 'token-1' },
      { type: 'auth', token: 'token-2' },
    ])
    latest().tell({ type: 'ready', sequence: 18, expiresAt: '2026-01-01T00:20:00Z' })
    await pass(30 * SECOND)
    expect(sockets).toHaveLength(1)
    expect(state()).toBe(live)
  })

  test('is closed for good when it is no longer wanted', async () => {
    const { link, sockets, news, latest, welcome } = setUp()
    await welcome()
    link.close()
    expect(latest().closed).toBe(true)
    latest().tell(synced(11))
    latest().end()
    await pass(600 * SECOND)
    expect(sockets).toHaveLength(1)
    expect(news).toEqual([])
  })
})

describe('a socket that was cut', () => {
  test('is back before anybody needs to know, and is told what it missed', async () => {
    const { sockets, latest, state, welcome, news } = setUp()
    await welcome(10)
    latest().tell(synced(14))
    const live = state()
    await pass(40 * SECOND)
    latest().end()
    await pass(SECOND)
    expect(sockets).toHaveLength(2)
    await welcome(14)
    expect(latest().said).toEqual([{ type: 'auth', token: 'token-2', after: 14 }])
    latest().tell(synced(14))
    latest().tell(synced(16))
    expect(news.map(({ sequence }) => sequence)).toEqual([14, 16])
    await pass(10 * SECOND)
    expect(state()).toEqual(live)
  })

  test('begins where it was told that it is, if nothing came', async () => {
    const { latest, welcome } = setUp()
    await welcome(10)
    latest().end()
    await pass(SECOND)
    latest().open()
    expect(latest().said).toEqual([{ type: 'auth', token: 'token-2', after: 10 }])
  })

  test('is told of after a moment, with when it was cut, until it is back', async () => {
    const { latest, state, welcome } = setUp()
    await welcome()
    await pass(60 * SECOND)
    const cutAt = Date.now()
    latest().end()
    await pass(3.9 * SECOND)
    expect(state()).toMatchObject({ is: 'live' })
    await pass(0.2 * SECOND)
    expect(state()).toEqual({ is: 'polling', since: cutAt, why: 'cut' })
    await pass(60 * SECOND)
    expect(state()).toEqual({ is: 'polling', since: cutAt, why: 'cut' })
    await welcome(10)
    expect(state()).toMatchObject({ is: 'live', since: Date.now() })
  })

  test('is tried again at twice the time each, a minute at most, and each tab at another moment', async () => {
    const waits = async (luck: number) => {
      const { sockets, latest, session } = setUp()
      session.luck = luck
      const found: number[] = []
      await pass(0)
      for (let time = 0; time < 8; time += 1) {
        const before = sockets.length
        const at = Date.now()
        latest().end()
        while (sockets.length === before) await pass(250)
        found.push((Date.now() - at) / SECOND)
      }
      return found
    }
    expect(await waits(0)).toEqual([0.5, 1, 2, 4, 8, 15, 15, 15])
    expect(await waits(1)).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  test('begins to count its tries anew once it was live for half a minute', async () => {
    const { sockets, latest, welcome } = setUp()
    const waitAfter = async (lived: number) => {
      await welcome()
      await pass(lived * SECOND)
      const [before, at] = [sockets.length, Date.now()]
      latest().end()
      while (sockets.length === before) await pass(250)
      return (Date.now() - at) / SECOND
    }
    expect([await waitAfter(0), await waitAfter(29), await waitAfter(31)]).toEqual([0.5, 1, 0.5])
  })

  test('is tried at once when the network is back, or somebody looks', async () => {
    const { link, sockets, latest, session, welcome } = setUp()
    session.luck = 1
    await welcome()
    latest().end()
    link.wake()
    await pass(0)
    expect(sockets).toHaveLength(2)
  })

  test('and one that is open shows that somebody is there, but is not asked twice', async () => {
    const { link, sockets, latest, welcome } = setUp()
    await welcome()
    link.wake()
    expect(latest().said).toHaveLength(1)
    await pass(20 * SECOND)
    for (let time = 0; time < 30; time += 1) link.wake()
    expect(latest().said.slice(1)).toEqual([{ type: 'ping' }])
    await pass(10 * SECOND)
    expect(sockets[0]?.closed).toBe(true)
  })

  test('is tried again when the session cannot be asked', async () => {
    const { sockets, session, state } = setUp('unreachable')
    await pass(10 * SECOND)
    expect(sockets).toHaveLength(0)
    expect(state()).toMatchObject({ is: 'polling', why: 'cut' })
    session.mode = 'in'
    await pass(10 * SECOND)
    expect(sockets).toHaveLength(1)
  })

  test('hears from a platform that counts anew', async () => {
    const { latest, news, welcome } = setUp()
    await welcome(1000)
    latest().tell(synced(1001))
    latest().end()
    await pass(SECOND)
    await welcome(3)
    latest().tell({ type: 'reload', sequence: 3, what: 'all' })
    latest().tell(synced(4))
    expect(news.map(({ sequence }) => sequence)).toEqual([1001, 3, 4])
    latest().end()
    await pass(2 * SECOND)
    latest().open()
    expect(latest().said[0]).toMatchObject({ after: 4 })
  })
})

describe('a refusal', () => {
  // On AWS the close code is not the platform's own.
  test.each([undefined, 1005, 4401])('of a token asks for a fresh one, once (%s)', async (code) => {
    const { sockets, latest, asked, refuse, session } = setUp()
    session.luck = 1
    await pass(0)
    latest().open()
    refuse('unauthenticated', code)
    await pass(0)
    expect(asked).toEqual([90 * SECOND, Infinity])
    expect(sockets).toHaveLength(2)
    latest().open()
    refuse('unauthenticated', code)
    await pass(1.9 * SECOND)
    expect(sockets).toHaveLength(2)
    await pass(0.1 * SECOND)
    expect(sockets).toHaveLength(3)
    expect(asked.slice(2)).toEqual([90 * SECOND])
  })

  test('is known by its close code, too', async () => {
    const { latest, asked } = setUp()
    await pass(0)
    latest().end(4401)
    await pass(0)
    expect(asked).toEqual([90 * SECOND, Infinity])
  })

  test('of a role is tried once more with what the role is now, and then not again', async () => {
    const { link, sockets, latest, refuse, state, welcome } = setUp()
    await welcome()
    await pass(60 * SECOND)
    refuse('forbidden', 4403)
    await pass(0)
    expect(sockets).toHaveLength(2)
    latest().open()
    refuse('forbidden', 4403)
    expect(state()).toMatchObject({ is: 'polling', why: 'refused' })
    await pass(3600 * SECOND)
    link.wake()
    await pass(0)
    expect(sockets).toHaveLength(2)
  })

  test('of what it says is not tried again', async () => {
    const { sockets, refuse, state, welcome } = setUp()
    await welcome()
    refuse('malformed', 4400)
    await pass(3600 * SECOND)
    expect(sockets).toHaveLength(1)
    expect(state()).toMatchObject({ is: 'polling', why: 'refused' })
  })

  test.each([
    ['too-many', 4429],
    ['try-again', 1013],
  ] as const)('for now (%s) is waited for, whoever looks', async (refusal, code) => {
    const { link, sockets, refuse, session, state, welcome } = setUp()
    session.luck = 0
    await welcome()
    refuse(refusal, code)
    link.wake()
    await pass(3.9 * SECOND)
    expect(sockets).toHaveLength(1)
    await pass(0.2 * SECOND)
    expect(sockets).toHaveLength(2)
    expect(state()).toMatchObject({ is: 'polling', why: 'busy' })
    await welcome()
    expect(state()).toMatchObject({ is: 'live' })
  })
})
