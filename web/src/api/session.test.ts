import { describe, expect, test } from 'vitest'
import { ApiProblem, ServerUnreachable } from './problem'
import { createSession, type SessionHost } from './session'

const ORIGIN = 'http://localhost:3000'

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** A server with one single-use refresh cookie, shared by all tabs, and access tokens that it can revoke. */
function server() {
  const requests: string[] = []
  let generation = 0
  let valid = ''
  let signedIn = true
  let busy = 0
  const good = new Set<string>()
  const tenants = new Map<string, string>()
  let person = 'nora'
  let tenant = 'one'
  const homes: Record<string, string[]> = { nora: ['one', 'two'], omar: ['two'] }
  const answer = () => json(200, { user: { id: person, name: person, tenantId: tenant, tenantName: tenant }, accessToken: valid, refreshToken: null, expiresIn: 600 })
  const state = {
    requests,
    refreshesAtOnce: 0,
    expireAccess: () => {
      valid = ''
      good.clear()
    },
    endSession: () => (signedIn = false),
    down: false,
    /** So many renewals are never answered. */
    hanging: 0,
    expel: (from: string) => {
      homes[person] = (homes[person] ?? []).filter((home) => home !== from)
    },
    fetch: async (request: Request): Promise<Response> => {
      if (state.down) throw new TypeError('Failed to fetch')
      const { pathname } = new URL(request.url)
      requests.push(`${request.method} ${pathname}`)
      const body = request.method === 'POST' ? await request.text() : ''
      const given = (body.startsWith('{') ? JSON.parse(body) : {}) as { email?: string; tenantId?: string }
      if (pathname === '/api/auth/login') {
        signedIn = true
        generation += 1
        person = given.email?.split('@')[0] ?? person
        tenant = given.tenantId ?? homes[person]?.[0] ?? ''
      }
      if (pathname === '/api/auth/refresh' || pathname === '/api/auth/login') {
        busy += 1
        state.refreshesAtOnce = Math.max(state.refreshesAtOnce, busy)
        await Promise.resolve()
        busy -= 1
        if (!signedIn) return json(401, { type: 'x/unauthenticated' })
        if (state.hanging > 0) {
          state.hanging -= 1
          return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(new DOMException('timed out', 'TimeoutError'))))
        }
        if (given.tenantId !== undefined && !homes[person]?.includes(given.tenantId)) return json(404, { type: 'x/not-found' })
        generation += 1
        // Access tokens of before stay good in their tenants.
        if (valid !== '') good.add(valid)
        valid = `token-${generation}`
        tenant = given.tenantId ?? (homes[person]?.includes(tenant) ? tenant : (homes[person]?.[0] ?? ''))
        tenants.set(valid, tenant)
        return answer()
      }
      const shown = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
      const authorized = shown !== '' && (shown === valid || good.has(shown))
      if (authorized && pathname === '/api/auth/logout') {
        signedIn = false
        valid = ''
        return new Response(null, { status: 204 })
      }
      return authorized ? json(200, { body, tenant: tenants.get(shown) }) : json(401, { type: 'x/token-expired' })
    },
  }
  return state
}

/** What a tab keeps while it is loaded again. */
function tabTrace() {
  const state = { there: false }
  return { has: () => state.there, leave: () => void (state.there = true), remove: () => void (state.there = false) }
}

/** Tabs of one browser: one server, one lock, one channel. */
function browser() {
  const remote = server()
  const channel = new EventTarget()
  const clock = { now: 0, waiting: [] as (() => void)[] }
  let tail: Promise<unknown> = Promise.resolve()
  const host: Omit<SessionHost, 'trace'> = {
    fetch: remote.fetch,
    origin: ORIGIN,
    now: () => clock.now,
    after: (milliseconds) => {
      const giveUp = new AbortController()
      clock.waiting.push(() => {
        clock.now += milliseconds
        giveUp.abort()
      })
      return giveUp.signal
    },
    exclusively: (task) => {
      const turn = tail.then(task)
      tail = turn.catch(() => undefined)
      return turn
    },
    channel: {
      postMessage: (data: unknown) => channel.dispatchEvent(new MessageEvent('message', { data })),
      addEventListener: channel.addEventListener.bind(channel),
    },
  }
  return { remote, clock, openTab: (trace = tabTrace()) => createSession({ ...host, trace }) }
}

const get = (path = '/api/netbird/peers') => new Request(ORIGIN + path)
const refreshes = (requests: string[]) => requests.filter((request) => request.endsWith('/refresh')).length

describe('a session', () => {
  test('is restored by the cookie at start', async () => {
    const { openTab } = browser()
    const tab = openTab()
    await tab.restore()
    expect(tab.store.getState()).toMatchObject({ status: 'signed-in', user: { name: 'nora' } })
  })

  test('renews an expired token once for many requests, and sends them again with their bodies', async () => {
    const { remote, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.expireAccess()
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((body) => tab.fetch(new Request(`${ORIGIN}/api/alerts/rules`, { method: 'POST', body }))),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(['one', 'two', 'three'].map((body) => ({ body, tenant: 'one' })))
    expect(refreshes(remote.requests)).toBe(2)
  })

  test('renews before the token expires', async () => {
    const { remote, clock, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    clock.now = 590_000
    await tab.fetch(get())
    expect(remote.requests).toEqual(['POST /api/auth/refresh', 'POST /api/auth/refresh', 'GET /api/netbird/peers'])
  })

  test('gives a token that lasts for what is no request, and asks nobody to sign in for it', async () => {
    const { remote, clock, openTab } = browser()
    const tab = openTab()
    expect(await tab.tokenFor(0)).toBeUndefined()
    await tab.restore()
    expect(await tab.tokenFor(90_000)).toEqual({ value: 'token-1', lasts: 600_000 })
    clock.now = 500_000
    expect(await tab.tokenFor(90_000)).toEqual({ value: 'token-1', lasts: 100_000 })
    clock.now = 510_000
    expect(await tab.tokenFor(90_000)).toEqual({ value: 'token-2', lasts: 600_000 })
    // A fresh one, however long the last one lasts.
    expect(await tab.tokenFor(Infinity)).toMatchObject({ value: 'token-3' })
    remote.endSession()
    expect(await tab.tokenFor(Infinity)).toBeUndefined()
    expect(tab.store.getState()).toMatchObject({ status: 'ended' })
    expect(await tab.tokenFor(0)).toBeUndefined()
    expect(refreshes(remote.requests)).toBe(4)
  })

  test('never renews in two tabs at once', async () => {
    const { remote, openTab } = browser()
    const tabs = [openTab(), openTab(), openTab()]
    await Promise.all(tabs.map((tab) => tab.restore()))
    expect(remote.refreshesAtOnce).toBe(1)
    expect(tabs.map((tab) => tab.store.getState().status)).toEqual(['signed-in', 'signed-in', 'signed-in'])
  })

  test('ends when the cookie no longer opens it, with the page kept; what was sent waits until somebody signs in again', async () => {
    const { remote, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.expireAccess()
    remote.endSession()
    const sent = tab.fetch(new Request(`${ORIGIN}/api/alerts/rules`, { method: 'POST', body: 'typed' }))
    await expect.poll(() => tab.store.getState()).toMatchObject({ status: 'ended', by: 'time', user: { name: 'nora' } })
    const asked = tab.fetch(get())
    await tab.signIn({ email: 'nora@acme.example', password: 'x', tenantId: 'one' })
    expect(await (await sent).json()).toEqual({ body: 'typed', tenant: 'one' })
    expect((await asked).status).toBe(200)
  })

  test('of a session that ended, a tab that is loaded again says so, each time, until somebody signs in; another tab does not', async () => {
    const { remote, openTab } = browser()
    const trace = tabTrace()
    await openTab(trace).restore()
    remote.endSession()
    const load = async (tab = openTab(trace)) => {
      await tab.restore()
      return tab
    }
    expect((await load()).store.getState()).toEqual({ status: 'signed-out', ended: true })
    // Also where the server was away at first.
    const late = openTab(trace)
    remote.down = true
    await late.restore()
    expect(late.store.getState().status).toBe('unreachable')
    remote.down = false
    expect((await load(late)).store.getState()).toEqual({ status: 'signed-out', ended: true })
    expect((await load(openTab())).store.getState()).toEqual({ status: 'signed-out' })
    const again = await load()
    expect(again.store.getState()).toEqual({ status: 'signed-out', ended: true })
    await again.signIn({ email: 'nora@acme.example', password: 'x' })
    expect(again.store.getState().status).toBe('signed-in')
  })

  test('whoever signed out, or gave up the page, is told nothing when it is loaded again', async () => {
    for (const act of ['sign out', 'leave'] as const) {
      const { remote, openTab } = browser()
      const trace = tabTrace()
      const tab = openTab(trace)
      await tab.restore()
      if (act === 'sign out') await tab.signOut()
      else {
        remote.endSession()
        remote.expireAccess()
        void tab.fetch(get()).catch(() => undefined)
        await expect.poll(() => tab.store.getState().status).toBe('ended')
        tab.leave()
      }
      const loaded = openTab(trace)
      await loaded.restore()
      expect(loaded.store.getState(), act).toEqual({ status: 'signed-out' })
    }
  })

  test('whoever leaves the page sends nothing', async () => {
    const { remote, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.expireAccess()
    remote.endSession()
    const sent = tab.fetch(get())
    await expect.poll(() => tab.store.getState().status).toBe('ended')
    tab.leave()
    expect((await sent).status).toBe(401)
    expect(tab.store.getState()).toEqual({ status: 'signed-out' })
    await expect(tab.fetch(get())).rejects.toBeInstanceOf(ApiProblem)
  })

  test('what one person sent is not sent as another who signs in', async () => {
    const { remote, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.expireAccess()
    remote.endSession()
    const sent = tab.fetch(new Request(`${ORIGIN}/api/alerts/rules`, { method: 'POST', body: 'typed' }))
    await expect.poll(() => tab.store.getState().status).toBe('ended')
    await tab.signIn({ email: 'omar@acme.example', password: 'x' })
    await expect(sent).rejects.toBeInstanceOf(ApiProblem)
    expect(remote.requests.filter((request) => request === 'POST /api/alerts/rules')).toHaveLength(1)
  })

  test('a renewal that hangs is given up after four seconds and asked for again, within the turn', async () => {
    const { remote, clock, openTab } = browser()
    const [one, other] = [openTab(), openTab()]
    remote.hanging = 2
    const restored = Promise.all([one.restore(), other.restore()])
    for (const at of [4000, 8000]) {
      await expect.poll(() => remote.hanging).toBe(at === 4000 ? 1 : 0)
      clock.waiting.at(-1)?.()
      expect(clock.now).toBe(at)
    }
    await restored
    expect([one, other].map((tab) => tab.store.getState().status)).toEqual(['signed-in', 'signed-in'])
    expect(remote.refreshesAtOnce).toBe(1)
  })

  test('and after the third try another tab has its turn', async () => {
    const { remote, clock, openTab } = browser()
    const tab = openTab()
    remote.hanging = 3
    const restored = tab.restore()
    for (const left of [2, 1, 0]) {
      await expect.poll(() => remote.hanging).toBe(left)
      clock.waiting.at(-1)?.()
    }
    await restored
    expect(tab.store.getState()).toMatchObject({ status: 'unreachable', error: expect.any(ServerUnreachable) as unknown })
    // The server forgives a lost answer for ten seconds: the last try began within them.
    expect(clock.now - 4000).toBeLessThan(10_000)
  })

  test('outlives a server that is down for a while', async () => {
    const { remote, clock, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.down = true
    clock.now = 700_000
    await expect(tab.fetch(get())).rejects.toBeInstanceOf(ServerUnreachable)
    expect(tab.store.getState().status).toBe('signed-in')
    remote.down = false
    expect((await tab.fetch(get())).status).toBe(200)
  })

  test('signs all tabs out and in together', async () => {
    const { remote, openTab } = browser()
    const [one, other] = [openTab(), openTab()]
    await one.restore()
    await other.restore()
    await one.signOut()
    const reloaded = openTab()
    await reloaded.restore()
    expect(reloaded.store.getState().status).toBe('signed-out')
    expect(other.store.getState()).toMatchObject({ status: 'ended', by: 'another tab' })
    await one.signIn({ email: 'nora@b.example', password: 'x' })
    await expect.poll(() => other.store.getState().status).toBe('signed-in')
    await expect.poll(() => reloaded.store.getState().status).toBe('signed-in')
    expect(remote.refreshesAtOnce).toBe(1)
  })

  test('ends in every tab with what the server ended, and says why where it was asked for', async () => {
    const { remote, openTab } = browser()
    const [one, other] = [openTab(), openTab()]
    await one.restore()
    await other.restore()
    one.end('You left Acme.')
    expect(one.store.getState()).toEqual({ status: 'signed-out', farewell: 'You left Acme.' })
    await expect.poll(() => other.store.getState()).toMatchObject({ status: 'ended' })
    // What is known to be over is not asked for again.
    await expect(one.fetch(get())).rejects.toBeInstanceOf(ApiProblem)
    expect(remote.refreshesAtOnce).toBe(1)
    await one.signIn({ email: 'nora@b.example', password: 'x' })
    expect(one.store.getState()).not.toHaveProperty('farewell')
  })

  test('goes on in another tenant in one tab, while the other stays', async () => {
    const { remote, clock, openTab } = browser()
    const [one, other] = [openTab(), openTab()]
    await one.restore()
    await other.restore()
    await one.switchTenant('two')
    const tenantOf = async (tab: typeof one) => ((await (await tab.fetch(get())).json()) as { tenant: string }).tenant
    expect(await Promise.all([one, other].map(tenantOf))).toEqual(['two', 'one'])
    // Also after each has renewed its token, which is by the same cookie.
    clock.now = 700_000
    expect(await Promise.all([one, other].map(tenantOf))).toEqual(['two', 'one'])
    expect(remote.refreshesAtOnce).toBe(1)
  })

  test('stays where it is when the other tenant refuses', async () => {
    const { openTab } = browser()
    const tab = openTab()
    await tab.restore()
    await expect(tab.switchTenant('three')).rejects.toBeInstanceOf(ApiProblem)
    expect(tab.store.getState()).toMatchObject({ status: 'signed-in', user: { tenantId: 'one' } })
  })

  test('goes on elsewhere, and says where it was, when the tenant is not the user’s any more', async () => {
    const { remote, clock, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.expel('one')
    clock.now = 700_000
    // What was asked of one tenant is not answered by another.
    await expect(tab.fetch(get())).rejects.toBeInstanceOf(ApiProblem)
    expect(tab.store.getState()).toMatchObject({ status: 'signed-in', lost: 'one', user: { tenantId: 'two' } })
  })

  test('a signed-in tab notices that another one signed in as somebody else', async () => {
    const { openTab } = browser()
    const [one, other] = [openTab(), openTab()]
    await one.restore()
    await other.restore()
    await one.signIn({ email: 'omar@acme.example', password: 'x' })
    await expect.poll(() => other.store.getState()).toMatchObject({ status: 'signed-in', user: { name: 'omar', tenantId: 'two' } })
  })

  test('takes over what the server says about the user, but brings nobody back', async () => {
    const { openTab } = browser()
    const tab = openTab()
    await tab.restore()
    const state = tab.store.getState()
    if (state.status !== 'signed-in') throw new Error('nobody is signed in')
    tab.update({ ...state.user, name: 'Nora A.' })
    expect(tab.store.getState()).toMatchObject({ user: { name: 'Nora A.' } })
    await tab.signOut()
    tab.update({ ...state.user, name: 'Nora A.' })
    expect(tab.store.getState().status).toBe('signed-out')
  })
})
