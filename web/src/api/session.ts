import { createStore } from 'zustand/vanilla'
import { ApiProblem, ServerUnreachable } from './problem'
import type { AuthResponse, LoginRequest, ProblemBody, SetupRequest, SsoAnswer, UserProfile } from './types'

export type SessionState =
  | { status: 'restoring' }
  | { status: 'unreachable'; error: Error }
  /** `farewell`: why, where the person asked for it. */
  | { status: 'signed-out'; farewell?: string }
  | { status: 'signed-in'; user: UserProfile }

interface Token {
  value: string
  expiresAt: number
}

/** `changed`: another tenant, or other facts about the user. */
type SessionNews = 'signed-in' | 'signed-out' | 'changed'

/** What a session needs from the browser, passed in so that tests can play several tabs. */
export interface SessionHost {
  fetch: (request: Request) => Promise<Response>
  origin: string
  /** Milliseconds of a clock that never jumps. */
  now: () => number
  /** Runs the task while no other tab runs one. */
  exclusively: (task: () => Promise<void>) => Promise<void>
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
}

const RENEW_BEFORE_EXPIRY_MS = 15_000

/**
 * The browser's session. The access token lives in this closure and nowhere else; the refresh
 * token is a cookie that scripts cannot read. Refresh tokens are single use, so two tabs that
 * renewed at once would look like a theft: renewals are serialised between tabs.
 */
export function createSession(host: SessionHost) {
  const store = createStore<SessionState>(() => ({ status: 'restoring' }))
  let token: Token | undefined
  let renewal: Promise<void> | undefined

  async function send(request: Request): Promise<Response> {
    request.headers.set('X-Client', 'web')
    try {
      return await host.fetch(request)
    } catch (cause) {
      if (request.signal.aborted) throw cause
      throw new ServerUnreachable(cause)
    }
  }

  async function post(path: string, body: unknown): Promise<Response> {
    return send(request(path, body))
  }

  function request(path: string, body: unknown): Request {
    return new Request(new URL(path, host.origin), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  function adopt(answer: AuthResponse): void {
    token = { value: answer.accessToken, expiresAt: host.now() + answer.expiresIn * 1000 }
    store.setState({ status: 'signed-in', user: answer.user }, true)
  }

  function forget(farewell?: string): void {
    token = undefined
    store.setState({ status: 'signed-out', ...(farewell && { farewell }) }, true)
  }

  async function renewOnce(): Promise<void> {
    const response = await post('/api/auth/refresh', {})
    if (response.ok) adopt((await response.json()) as AuthResponse)
    else if (response.status === 401) forget()
    else throw await problemOf(response)
  }

  /** Renews the access token; callers that come meanwhile share the answer. */
  function renew(): Promise<Token | undefined> {
    renewal ??= host.exclusively(renewOnce).finally(() => {
      renewal = undefined
    })
    return renewal.then(() => token)
  }

  async function currentToken(): Promise<Token | undefined> {
    if (token && token.expiresAt - RENEW_BEFORE_EXPIRY_MS > host.now()) return token
    return store.getState().status === 'signed-out' ? undefined : renew()
  }

  async function authorized(request: Request): Promise<Response> {
    const used = await currentToken()
    if (!used) throw new ApiProblem(401, { type: 'unauthenticated', title: 'Signed out', detail: 'You are signed out.' })
    const again = request.clone()
    request.headers.set('Authorization', `Bearer ${used.value}`)
    const response = await send(request)
    if (response.status !== 401) return response
    const renewed = token && token.value !== used.value ? token : await renew()
    if (!renewed) return response
    again.headers.set('Authorization', `Bearer ${renewed.value}`)
    return send(again)
  }

  async function enter(path: string, body: LoginRequest | SetupRequest | SsoAnswer): Promise<void> {
    const response = await post(path, body)
    if (!response.ok) throw await problemOf(response)
    adopt((await response.json()) as AuthResponse)
    host.channel.postMessage('signed-in' satisfies SessionNews)
  }

  /** Goes on in another tenant. The cookie changes with it, so no other tab may renew meanwhile. */
  async function switchTenant(tenantId: string): Promise<void> {
    await currentToken()
    await host.exclusively(async () => {
      // Not by `authorized`: its renewal would wait for the turn that is held here.
      const change = request('/api/auth/tenant', { tenantId })
      if (token) change.headers.set('Authorization', `Bearer ${token.value}`)
      const response = await send(change)
      if (!response.ok) throw await problemOf(response)
      adopt((await response.json()) as AuthResponse)
    })
    host.channel.postMessage('changed' satisfies SessionNews)
  }

  host.channel.addEventListener('message', (message) => {
    const news = (message as MessageEvent<SessionNews>).data
    const { status } = store.getState()
    if (news === 'signed-out') {
      if (status !== 'signed-out') forget()
    } else if (news === 'changed' && status === 'signed-in') void renew().catch(() => undefined)
    else if (status === 'signed-out') void restore()
  })

  /** Finds out, at start, whether the cookie still opens a session. */
  async function restore(): Promise<void> {
    try {
      await renew()
    } catch (error) {
      store.setState({ status: 'unreachable', error: error as Error }, true)
    }
  }

  return {
    store,
    fetch: authorized,
    restore,
    signIn: (credentials: LoginRequest) => enter('/api/auth/login', credentials),
    setUp: (request: SetupRequest) => enter('/api/setup', request),
    /** The last step of signing in at an identity provider: what it sent back with the browser. */
    finishSso: (answer: SsoAnswer) => enter('/api/auth/sso/finish', answer),
    switchTenant,
    /** Asks who is signed in, and where, after something about that changed. */
    async renew(): Promise<void> {
      await renew()
      host.channel.postMessage('changed' satisfies SessionNews)
    },
    /** Takes over what the server said about the signed-in user. */
    update: (user: UserProfile): void => {
      if (store.getState().status === 'signed-in') store.setState({ status: 'signed-in', user }, true)
    },
    /** Forgets a session that ended at the server by what the person did, and says so where they sign in again. */
    end(farewell: string): void {
      forget(farewell)
      host.channel.postMessage('signed-out' satisfies SessionNews)
    },
    async signOut(): Promise<void> {
      // With its access token: the cookie alone ends nothing.
      const response = (await currentToken()) && (await authorized(request('/api/auth/logout', {})))
      if (response && !response.ok && response.status !== 401) throw await problemOf(response)
      forget()
      host.channel.postMessage('signed-out' satisfies SessionNews)
    },
  }
}

export type Session = ReturnType<typeof createSession>

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as Partial<ProblemBody>
  return new ApiProblem(response.status, body, response.headers)
}
