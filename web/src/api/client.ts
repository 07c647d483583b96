import createClient from 'openapi-fetch'
import { useStore } from 'zustand'
import type { paths } from './__generated__/schema'
import { tracked } from './connection'
import { ApiProblem } from './problem'
import { createSession } from './session'
import type { Permission, ProblemBody, UserProfile } from './types'

const REFRESH_LOCK = 'netbird-platform.refresh'

const TRACE = 'was-signed-in'

/** A browser that keeps nothing for pages says so by throwing; the page does without. */
function kept<T>(task: (storage: Storage) => T): T | undefined {
  try {
    return task(window.sessionStorage)
  } catch {
    return undefined
  }
}

export const session = createSession({
  fetch: tracked,
  origin: window.location.origin,
  now: () => performance.now(),
  after: (milliseconds) => AbortSignal.timeout(milliseconds),
  // Web Locks need a secure context; a plain-http host that is not localhost has no cookie either.
  exclusively: async (task) => {
    if ('locks' in navigator) await navigator.locks.request(REFRESH_LOCK, task)
    else await task()
  },
  channel: new BroadcastChannel('netbird-platform.session'),
  trace: {
    has: () => kept((storage) => storage.getItem(TRACE)) != null,
    leave: () => kept((storage) => storage.setItem(TRACE, '1')),
    remove: () => kept((storage) => storage.removeItem(TRACE)),
  },
})

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: session.fetch })

export const publicApi = createClient<paths>({ baseUrl: window.location.origin, fetch: tracked })

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** What an answer tells: of one that may be a file, too, the objects, since a file is asked for as one. */
type Told<T> = [Exclude<T, string>] extends [never] ? T : Exclude<T, string>

/** The answer's data, or the problem thrown. */
export function expectData<T>({ data, error, response }: Answer<T>): Told<T> {
  if (error !== undefined || !response.ok) {
    throw new ApiProblem(response.status, typeof error === 'object' ? (error as Partial<ProblemBody>) : {}, response.headers)
  }
  return data as Told<T>
}

export interface Page<T> {
  items: T[]
  /** How many there are in all, or null when the server did not say. */
  total: number | null
  next: string | null
}

/** A list's page with what its headers say about the rest. */
export function expectPage<T>(answer: Answer<T[] | string>): Page<T> {
  const items = expectData<T[] | string>(answer)
  const total = answer.response.headers.get('x-total-count')
  return { items, total: total === null ? null : Number(total), next: nextCursor(answer.response.headers.get('link')) }
}

export function nextCursor(link: string | null): string | null {
  const next = link?.split(/,\s*(?=<)/).find((part) => /;\s*rel="?next"?/.test(part))
  const target = next?.match(/<([^>]*)>/)?.[1]
  return target === undefined ? null : new URL(target, window.location.origin).searchParams.get('cursor')
}

export function useSession() {
  return useStore(session.store)
}

/** The signed-in user; only for components inside the frame, which nobody else sees. */
export function useUser(): UserProfile {
  const state = useSession()
  if (!('user' in state)) throw new Error('useUser needs a signed-in session')
  return state.user
}

export type { Permission } from './types'

export function useCan(permission: Permission): boolean {
  const state = useSession()
  return 'user' in state && state.user.permissions.includes(permission)
}
