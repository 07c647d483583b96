import { describe, expect, test } from 'vitest'
import { ApiProblem, ServerUnreachable } from './problem'
import { createSession, type SessionHost } from './session'
import type { UserProfile } from './types'

const ORIGIN = 'http://localhost:3000'

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** A server with one single-use refresh cookie, shared by all tabs, and access tokens that it can revoke. */
function server() {
  const requests: string[] = []
  let generation = 0
  let valid = ''
  let signedIn = true
  let busy = 0
  let tenant = 'one'
  const state = {
    requests,
    refreshesAtOnce: 0,
    expireAccess: () => (valid = ''),
    endSession: () => (signedIn = false),
    down: false,
    fetch: async (request: Request): Promise<Response> => {
      if (state.down) throw new TypeError('Failed to fetch')
      const { pathname } = new URL(request.url)
      requests.push(`${request.method} ${pathname}`)
      if (pathname === '/api/auth/login') {
        signedIn = true
        generation += 1
      }
      if (pathname === '/api/auth/refresh' || pathname === '/api/auth/login') {
        busy += 1
        state.refreshesAtOnce = Math.max(state.refreshesAtOnce, busy)
        await Promise.resolve()
        busy -= 1
        if (!signedIn) return json(401, { type: 'x/unauthenticated' })
        generation += 1
        valid = `token-${generation}`
        return json(200, { user: { name: 'Nora', tenantId: tenant }, accessToken: valid, refreshToken: null, expiresIn: 600 })
      }
      if (pathname === '/api/auth/tenant') {
        if (request.headers.get('authorization') !== `Bearer ${valid}`) return json(401, { type: 'x/token-expired' })
        generation += 1
        valid = `token-${generation}`
        tenant = ((await request.json()) as { tenantId: string }).tenantId
        return json(200, { user: { name: 'Nora', tenantId: tenant }, accessToken: valid, refreshToken: null, expiresIn: 600 })
      }
      const authorized = request.headers.get('authorization') === `Bearer ${valid}` && valid !== ''
      if (authorized && pathname === '/api/auth/logout') {
        signedIn = false
        valid = ''
        return new Response(null, { status: 204 })
      }
      return authorized ? json(200, { body: await request.text() }) : json(401, { type: 'x/token-expired' })
    },
  }
  return state
}

/** Tabs of one browser: one server, one lock, one channel. */
function browser() {
  const remote = server()
  const channel = new EventTarget()
  const clock = { now: 0 }
  let tail: Promise<unknown> = Promise.resolve()
  const host: SessionHost = {
    fetch: remote.fetch,
    origin: ORIGIN,
    now: () => clock.now,
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
  return { remote, clock, openTab: () => createSession(host) }
}

const get = (path = '/api/netbird/peers') => new Request(ORIGIN + path)
const refreshes = (requests: string[]) => requests.filter((request) => request.endsWith('/refresh')).length

describe('a session', () => {
  test('is restored by the cookie at start', async () => {
    const { openTab } = browser()
    const tab = openTab()
    await tab.restore()
    expect(tab.store.getState()).toMatchObject({ status: 'signed-in', user: { name: 'Nora' } })
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
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([{ body: 'one' }, { body: 'two' }, { body: 'three' }])
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

  test('never renews in two tabs at once', async () => {
    const { remote, openTab } = browser()
    const tabs = [openTab(), openTab(), openTab()]
    await Promise.all(tabs.map((tab) => tab.restore()))
    expect(remote.refreshesAtOnce).toBe(1)
    expect(tabs.map((tab) => tab.store.getState().status)).toEqual(['signed-in', 'signed-in', 'signed-in'])
  })

  test('ends when the cookie no longer opens it', async () => {
    const { remote, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.expireAccess()
    remote.endSession()
    expect((await tab.fetch(get())).status).toBe(401)
    expect(tab.store.getState().status).toBe('signed-out')
    await expect(tab.fetch(get())).rejects.toBeInstanceOf(ApiProblem)
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
    expect(other.store.getState().status).toBe('signed-out')
    await one.signIn({ email: 'a@b.example', password: 'x' })
    await expect.poll(() => other.store.getState().status).toBe('signed-in')
    expect(remote.refreshesAtOnce).toBe(1)
  })

  test('ends in every tab with what the server ended, and says why where it was asked for', async () => {
    const { remote, openTab } = browser()
    const [one, other] = [openTab(), openTab()]
    await one.restore()
    await other.restore()
    one.end('You left Acme.')
    expect(one.store.getState()).toEqual({ status: 'signed-out', farewell: 'You left Acme.' })
    await expect.poll(() => other.store.getState()).toEqual({ status: 'signed-out' })
    // What is known to be over is not asked for again.
    await expect(one.fetch(get())).rejects.toBeInstanceOf(ApiProblem)
    expect(remote.refreshesAtOnce).toBe(1)
    await one.signIn({ email: 'a@b.example', password: 'x' })
    expect(one.store.getState()).not.toHaveProperty('farewell')
  })

  test('goes on in another tenant, in every tab', async () => {
    const { remote, clock, openTab } = browser()
    const [one, other] = [openTab(), openTab()]
    await one.restore()
    await other.restore()
    // An old token is renewed first, without waiting for a turn that the change itself holds.
    clock.now = 700_000
    await one.switchTenant('two')
    expect(one.store.getState()).toMatchObject({ user: { tenantId: 'two' } })
    await expect.poll(() => other.store.getState()).toMatchObject({ user: { tenantId: 'two' } })
    expect(remote.refreshesAtOnce).toBe(1)
  })

  test('stays where it is when the other tenant refuses', async () => {
    const { remote, openTab } = browser()
    const tab = openTab()
    await tab.restore()
    remote.expireAccess()
    await expect(tab.switchTenant('two')).rejects.toBeInstanceOf(ApiProblem)
    expect(tab.store.getState()).toMatchObject({ status: 'signed-in', user: { tenantId: 'one' } })
  })

  test('takes over what the server says about the user, but brings nobody back', async () => {
    const { openTab } = browser()
    const tab = openTab()
    await tab.restore()
    tab.update({ name: 'Nora A.' } as UserProfile)
    expect(tab.store.getState()).toMatchObject({ user: { name: 'Nora A.' } })
    await tab.signOut()
    tab.update({ name: 'Nora A.' } as UserProfile)
    expect(tab.store.getState().status).toBe('signed-out')
  })
})
