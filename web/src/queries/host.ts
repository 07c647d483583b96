import { queryOptions, useQuery } from '@tanstack/react-query'
import { expectData, publicApi, session } from '@/api/client'
import { REFRESH_MS, STALE } from './client'
import { keys } from './keys'

export const healthQuery = queryOptions({
  queryKey: keys.health,
  queryFn: async ({ signal }) => expectData(await publicApi.GET('/api/health', { signal })),
  retry: false,
})

export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: async ({ signal }) => expectData(await publicApi.GET('/api/setup', { signal })),
  staleTime: STALE.configuration,
  refetchInterval: false,
})

/** A message that a local installation without a mail server kept in a file. */
export interface KeptMail {
  file: string
  subject: string
  to: string
  date: string
}

async function getLocal(path: string, signal: AbortSignal): Promise<Response> {
  return session.fetch(new Request(new URL(path, window.location.origin), { signal }))
}

/** The kept mails, or null on a host that keeps none (only the local host has this page). */
export const keptMailsQuery = queryOptions({
  queryKey: keys.mails,
  queryFn: async ({ signal }): Promise<KeptMail[] | null> => {
    const response = await getLocal('/local/mail', signal)
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return response.ok && isJson ? ((await response.json()) as KeptMail[]) : null
  },
  // A host without this page will not grow one while the app is open.
  refetchInterval: ({ state }) => (state.data ? REFRESH_MS : false),
  retry: false,
})

export const keptMailQuery = (file: string) =>
  queryOptions({
    queryKey: keys.mail(file),
    queryFn: async ({ signal }) => {
      const response = await getLocal(`/local/mail/${encodeURIComponent(file)}`, signal)
      if (!response.ok) throw new Error('This mail is no longer there.')
      return response.text()
    },
    staleTime: Infinity,
    refetchInterval: false,
  })

export const useKeptMails = () => useQuery(keptMailsQuery)
