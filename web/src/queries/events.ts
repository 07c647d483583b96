import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { api, expectPage } from '@/api/client'
import type { EventsQuery } from '@/api/types'
import { flatten, given, paging } from './pages'

export type EventFilters = Omit<EventsQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

const eventsQuery = (filters: EventFilters) =>
  infiniteQueryOptions({
    queryKey: ['events', filters],
    queryFn: async ({ pageParam, signal }) =>
      expectPage(
        await api.GET('/api/netbird/events', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor: pageParam }) }, signal }),
      ),
    ...paging,
    select: flatten,
  })

export const useEvents = (filters: EventFilters) =>
  useInfiniteQuery({ ...eventsQuery(filters), placeholderData: (previous) => previous })
