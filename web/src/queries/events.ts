import { api, expectPage } from '@/api/client'
import type { Event, EventsQuery } from '@/api/types'
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
