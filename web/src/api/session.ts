import { createStore } from 'zustand/vanilla'
import { ApiProblem, ServerUnreachable } from './problem'
import type { AuthResponse, LoginRequest, ProblemBody, SetupRequest, SsoAnswer, UserProfile } from './types'

export type SessionState =
  | { status: 'restoring' }
  | { status: 'unreachable'; error: Error }
  /** `farewell`: why, where the person asked for it; `ended`: a session of this tab is over, and it was loaded since. */
  | { status: 'signed-out'; farewell?: string; ended?: true }
  /** `lost`: the tenant that this tab was in and may not be in any more. */
  | { status: 'signed-in'; user: UserProfile; lost?: string }
  /** Over while its pages are open. They stay as they are until somebody signs in again, or leaves. */
  | { status: 'ended'; user: UserProfile; by: 'time' | 'another tab' }

interface Token {
  value: string
  expiresAt: number
  identity: string
}

type SessionNews = { kind: 'signed-in'; userId: string } | { kind: 'signed-out' } | { kind: 'changed' }

/** What a session needs from the browser, passed in so that tests can play several tabs. */
export interface SessionHost {
  fetch: (request: Request) => Promise<Response>
  origin: string
  /** Milliseconds of a clock that never jumps. */
  now: () => number
  /** Aborts after so many milliseconds. */
  after: (milliseconds: number) => AbortSignal
  /** Runs the task while no other tab runs one. */
  exclusively: (task: () => Promise<void>) => Promise<void>
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
  /** That somebody was signed in, and nothing of who: outlives a reload, and ends with the tab. */
  trace: { has: () => boolean; leave: () => void; remove: () => void }
}

const RENEW_BEFORE_EXPIRY_MS = 15_000

/**
 * A renewal that is not answered within this is given up and asked for again. The server answers one whose answer got
 * lost for ten seconds, so the last try begins within them.
 */
const RENEWAL_MS = 4000
const RENEWALS = 3

/** Who is signed in, and where. */
const identityOf = ({ id, tenantId }: UserProfile): string => `${id}/${tenantId}`

/** What whatever was learned belongs to; another user, or another tenant, begins with nothing. */
export const scopeOf = (state: SessionState): string => ('user' in state ? identityOf(state.user) : 'nobody')

const signedOut = () => new ApiProblem(401, { type: 'unauthenticated', title: 'Signed out', detail: 'You are signed out.' })

/**
 * The session of one tab, in one of the user's tenants. The access token lives in this closure and nowhere else; the
 * refresh token is a cookie that scripts cannot read, and all tabs share it. Refresh tokens are single use, so two tabs
 * that renewed at once would look like a theft: renewals are serialised between tabs.
 */
export function createSession(host: SessionHost) {
  const store = createStore<SessionState>(() => ({ status: 'restoring' }))
  let token: Token | undefined
  let renewal: Promise<void> | undefined
  /** The tenant of this tab. */
  let tenant: { id: string; name: string } | undefined

  const identity = (): string => scopeOf(store.getState())

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

  function request(path: string, body: unknown, signal?: AbortSignal): Request {
    return new Request(new URL(path, host.origin), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    })
  }

  function adopt({ user, accessToken, expiresIn }: AuthResponse, lost?: string): void {
    token = { value: accessToken, expiresAt: host.now() + expiresIn * 1000, identity: identityOf(user) }
    tenant = { id: user.tenantId, name: user.tenantName }
    host.trace.leave()
    store.setState({ status: 'signed-in', user, ...(lost && { lost }) }, true)
  }

  function forget(farewell?: string): void {
    token = undefined
    tenant = undefined
    host.trace.remove()
    store.setState({ status: 'signed-out', ...(farewell && { farewell }) }, true)
  }

  /** The session is over, but not by what was done in this tab. */
  function lapse(by: 'time' | 'another tab'): void {
    const state = store.getState()
    token = undefined
    if (state.status === 'signed-in') store.setState({ status: 'ended', user: state.user, by }, true)
    else if (state.status !== 'ended' && host.trace.has()) {
      // The trace stays: another reload is no better reason to say nothing.
      tenant = undefined
      store.setState({ status: 'signed-out', ended: true }, true)
    } else if (state.status !== 'ended') forget()
  }

  /** Asks for the next tokens, by itself or in a turn that is held. Throws what is not an answer about the session. */
  async function refresh(tenantId: string | undefined): Promise<AuthResponse | 'ended' | 'no member'> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await send(request('/api/auth/refresh', tenantId === undefined ? {} : { tenantId }, host.after(RENEWAL_MS)))
        if (response.ok) return (await response.json()) as AuthResponse
        if (response.status === 401) return 'ended'
        if (response.status === 404 && tenantId !== undefined) return 'no member'
        throw await problemOf(response)
      } catch (cause) {
        if (cause instanceof ApiProblem) throw cause
        if (attempt === RENEWALS) throw cause instanceof ServerUnreachable ? cause : new ServerUnreachable(cause)
      }
    }
  }

  async function renewOnce(): Promise<void> {
    const before = tenant
    let answer = await refresh(before?.id)
    // No member there any more, or somebody else signed in meanwhile: wherever the session goes on.
    const lost = answer === 'no member' ? before?.name : undefined
    if (answer === 'no member') answer = await refresh(undefined)
    if (typeof answer === 'string') lapse('time')
    else adopt(answer, lost)
  }

  /** Renews the access token; callers that come meanwhile share the answer. */
  function renew(): Promise<Token | undefined> {
    renewal ??= host.exclusively(renewOnce).finally(() => {
      renewal = undefined
    })
    return renewal.then(() => token)
  }

  /** What was asked for when the session had ended waits until somebody signs in again, or nobody will. */
  function signedInAgain(): Promise<Token | undefined> {
    return new Promise((resolve) => {
      const stop = store.subscribe(({ status }) => {
        if (status === 'ended') return
        stop()
        resolve(token)
      })
    })
  }

  const isFresh = (): boolean => token !== undefined && token.expiresAt - RENEW_BEFORE_EXPIRY_MS > host.now()

  async function currentToken(): Promise<Token | undefined> {
    if (isFresh()) return token
    const { status } = store.getState()
    if (status === 'signed-out') return undefined
    return (status === 'ended' ? undefined : await renew()) ?? (store.getState().status === 'ended' ? signedInAgain() : undefined)
  }

  /**
   * For what is no request: a token that is good for so many milliseconds at least, and for how many it is. Nobody is asked
   * to sign in again for it: without a session there is none.
   */
  async function tokenFor(least: number): Promise<{ value: string; lasts: number } | undefined> {
    if (store.getState().status !== 'signed-in') return undefined
    if (token === undefined || token.expiresAt - least <= host.now()) await renew()
    return token && store.getState().status === 'signed-in' ? { value: token.value, lasts: token.expiresAt - host.now() } : undefined
  }

  async function authorized(request: Request): Promise<Response> {
    const asker = identity()
    // What one person asked for in one tenant is not asked for as another, or elsewhere.
    const own = (found: Token | undefined): Token => {
      if (!found || (asker !== 'nobody' && found.identity !== asker)) throw signedOut()
      return found
    }
    const used = own(await currentToken())
    const again = request.clone()
    request.headers.set('Authorization', `Bearer ${used.value}`)
    const response = await send(request)
    if (response.status !== 401) return response
    let renewed = token && token.value !== used.value ? token : await renew()
    if (!renewed && store.getState().status === 'ended') renewed = await signedInAgain()
    if (!renewed) return response
    again.headers.set('Authorization', `Bearer ${own(renewed).value}`)
    return send(again)
  }

  async function enter(path: string, body: LoginRequest | SetupRequest | SsoAnswer): Promise<void> {
    const response = await post(path, body)
    if (!response.ok) throw await problemOf(response)
    const answer = (await response.json()) as AuthResponse
    adopt(answer)
    tell({ kind: 'signed-in', userId: answer.user.id })
  }

  /** Goes on in another tenant in this tab; the others stay where they are. */
  async function switchTenant(tenantId: string): Promise<void> {
    await host.exclusively(async () => {
      const answer = await refresh(tenantId)
      if (answer === 'no member') throw new ApiProblem(404, { type: 'not-found', title: 'Not your tenant', detail: 'You are not a member of this tenant any more.' })
      if (answer === 'ended') lapse('time')
      else adopt(answer)
    })
  }

  function tell(news: SessionNews): void {
    host.channel.postMessage(news)
  }

  host.channel.addEventListener('message', (message) => {
    const news = (message as MessageEvent<SessionNews>).data
    const state = store.getState()
    const isIn = state.status === 'signed-in'
    switch (news.kind) {
      case 'signed-out':
        if (state.status !== 'signed-out') lapse('another tab')
        break
      case 'changed':
        if (isIn) void renew().catch(() => undefined)
        break
      case 'signed-in':
        // The cookie is theirs now: what this tab did next would be done as them, unseen.
        if (!isIn || state.user.id !== news.userId) void restore()
    }
  })

  /** Finds out whether the cookie opens a session, and whose; in a tenant, where one is wanted and theirs. */
  async function restore(tenantId?: string): Promise<void> {
    if (tenantId !== undefined) tenant = { id: tenantId, name: '' }
    try {
      await renew()
    } catch (error) {
      const { status } = store.getState()
      if (status === 'restoring' || status === 'unreachable') store.setState({ status: 'unreachable', error: error as Error }, true)
    }
  }

  return {
    store,
    fetch: authorized,
    tokenFor,
    restore,
    signIn: (credentials: LoginRequest) => enter('/api/auth/login', credentials),
    setUp: (request: SetupRequest) => enter('/api/setup', request),
    /** The last step of signing in at an identity provider: what it sent back with the browser. */
    finishSso: (answer: SsoAnswer) => enter('/api/auth/sso/finish', answer),
    switchTenant,
    /** Asks who is signed in, and where, after something about that changed. */
    async renew(): Promise<void> {
      await renew()
      tell({ kind: 'changed' })
    },
    /** Takes over what the server said about the signed-in user. */
    update: (user: UserProfile): void => {
      if (store.getState().status === 'signed-in') store.setState({ status: 'signed-in', user }, true)
    },
    /** Forgets a session that ended at the server by what the person did, and says so where they sign in again. */
    end(farewell: string): void {
      forget(farewell)
      tell({ kind: 'signed-out' })
    },
    /** Gives up the pages of a session that has ended. */
    leave: (): void => forget(),
    async signOut(): Promise<void> {
      // Who signs out is not asked to sign in again first.
      if (store.getState().status === 'signed-in' && !isFresh()) await renew()
      if (token) {
        // With its access token: the cookie alone ends nothing.
        const response = await authorized(request('/api/auth/logout', {}))
        if (!response.ok && response.status !== 401) throw await problemOf(response)
      }
      forget()
      tell({ kind: 'signed-out' })
    },
  }
}

export type Session = ReturnType<typeof createSession>

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as Partial<ProblemBody>
  return new ApiProblem(response.status, body, response.headers)
}
