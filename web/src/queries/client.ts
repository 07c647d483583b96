import { QueryClient, type Query, type QueryKey, type QueryState } from '@tanstack/react-query'
import { ApiProblem, isTransient } from '@/api/problem'
import { isTold } from '@/live/news'

export const SECOND = 1000
export const MINUTE = 60 * SECOND

/** How long each kind of data counts as fresh. */
export const STALE = { usual: 30 * SECOND, peers: 15 * SECOND, configuration: 5 * MINUTE } as const

/** How often what is on screen is asked for again. */
export const REFRESH_MS = 30 * SECOND

/** And what is told of as it changes: in case that something was not. */
const SAFETY_MS = 3 * MINUTE

interface Asked {
  state: Pick<QueryState, 'error' | 'errorUpdatedAt'>
}

/** For how long a server that asked to wait is still not to be asked. */
const waits = ({ state: { error, errorUpdatedAt } }: Asked): number =>
  error instanceof ApiProblem && error.retryAfter !== undefined ? errorUpdatedAt + error.retryAfter * SECOND - Date.now() : 0

/** Asks again so often, but not before the server wants to be asked. */
export const every =
  (milliseconds: number) =>
  (query: Asked): number =>
    Math.max(milliseconds, waits(query))

/** Whether somebody's coming back to the window is reason enough to ask. */
export const onFocus = (query: Asked): boolean => waits(query) <= 0

/** When a query on screen is asked for again. */
export const refreshAfter = (query: Pick<Query, 'queryKey'> & Asked & { state: { dataUpdatedAt: number } }): number =>
  every(isTold(query.queryKey, query.state.dataUpdatedAt) ? SAFETY_MS : REFRESH_MS)(query)

/** Longer waits than this are for the person to decide about. */
const LONGEST_WAIT_MS = 20 * SECOND

/** As long as the server asks for, else 1 s, 2 s. */
export function retryDelay(failures: number, error: unknown): number {
  const asked = error instanceof ApiProblem ? error.retryAfter : undefined
  return asked === undefined ? 1000 * 2 ** failures : asked * 1000
}

/** Twice, for what may be answered then, and soon. */
export const mayRetry = (failures: number, error: unknown): boolean => failures < 2 && isTransient(error) && retryDelay(failures, error) <= LONGEST_WAIT_MS

/** Asks again after a failure as queries do: for what is asked in steps, the later of which are no query. */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !mayRetry(failures, error)) throw error
      await new Promise<void>((resolve) => {
        setTimeout(resolve, retryDelay(failures, error))
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      signal.throwIfAborted()
    }
  }
}

/** What was changed is old wherever it is kept: it is asked for again, at once where somebody looks at it. */
export function outdate(client: QueryClient, ...old: readonly QueryKey[]): void {
  for (const queryKey of old) void client.invalidateQueries({ queryKey })
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE.usual,
        gcTime: 5 * MINUTE,
        refetchInterval: refreshAfter,
        refetchOnWindowFocus: onFocus,
        // Without network a question fails, and its page says so, instead of waiting unseen.
        networkMode: 'always',
        retry: mayRetry,
        retryDelay,
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** Of the pages before the frame, which are nobody's. */
export const entranceClient = createQueryClient()

let held: { scope: string; client: QueryClient } | undefined

/**
 * The cache of one user in one tenant. Whatever was learned for another, or is still on its way for them, is in a cache
 * that nobody reads any more, so no key needs to say whose it is.
 */
export function clientOf(scope: string): QueryClient {
  if (held?.scope !== scope) held = { scope, client: createQueryClient() }
  return held.client
}
