import { QueryClient } from '@tanstack/react-query'
import { isTransient } from '@/api/problem'

export const SECOND = 1000
export const MINUTE = 60 * SECOND

/** How long each kind of data counts as fresh. */
export const STALE = { usual: 30 * SECOND, peers: 15 * SECOND, configuration: 5 * MINUTE } as const

/** How often what is on screen is asked for again. */
export const REFRESH_MS = 30 * SECOND

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE.usual,
        gcTime: 5 * MINUTE,
        refetchInterval: REFRESH_MS,
        retry: (failures, error) => failures < 2 && isTransient(error),
      },
    },
  })
}
