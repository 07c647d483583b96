import { useQuery } from '@tanstack/react-query'
import { api, expectPage } from '@/api/client'
import type { Event, EventsQuery } from '@/api/types'
import { STALE } from './client'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type EventFilters = Omit<EventsQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

/** Event ids are unique within an account only. */
export const eventId = ({ accountId, id }: Event): string => `${accountId}/${id}`

export const useEvents = (filters: EventFilters) =>
  usePagedList({
    queryKey: ['events', filters],
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/events', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: eventId,
  })

const NO_CODES: readonly string[] = []

/** `policy.update` and `policy` of every code: an activity, and all that begin like it. */
function codesOf(events: readonly Event[]): readonly string[] {
  const codes = events.map(({ activityCode }) => activityCode).filter((code) => code !== '')
  return [...new Set(codes.flatMap((code) => [code.split('.')[0] ?? code, code]))].sort()
}

/** What the latest events are of, for somebody to choose from; nothing where they cannot be read. */
export function useSeenActivityCodes(accountId: string, enabled: boolean): readonly string[] {
  const { data } = useQuery({
    queryKey: ['activity-codes', accountId],
    enabled,
    queryFn: async ({ signal }) => expectPage(await api.GET('/api/netbird/events', { params: { query: given({ accountId: accountId || undefined, limit: PAGE_SIZE }) }, signal })),
    select: ({ items }) => codesOf(items),
    staleTime: STALE.configuration,
    refetchInterval: false,
  })
  return data ?? NO_CODES
}
