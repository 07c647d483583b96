import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, expectPage } from '@/api/client'
import type { Event, EventsQuery } from '@/api/types'
import { STALE } from './client'
import { fileOf } from './files'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type EventFilters = Omit<EventsQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

/** Event ids are unique within an account only. */
export const eventId = ({ accountId, id }: Event): string => `${accountId}/${id}`

export const useEvents = (filters: EventFilters) =>
  usePagedList({
    queryKey: keys.events.list(filters),
    fetchPage: async (cursor, signal) =>
      expectPage(await api.GET('/api/netbird/events', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    file: fileOf((cursor, csv) => api.GET('/api/netbird/events', { params: { query: given({ ...filters, cursor }) }, ...csv })),
    idOf: eventId,
  })

/** The API's longest page. */
const SAMPLE = 1000

/** The newest events, which tell what there is to filter by. */
export interface EventSample {
  events: readonly Event[]
  /** Whether that is the whole log. */
  isWhole: boolean
}

const NONE: EventSample = { events: [], isWhole: false }

const sampleQuery = (accountId: string | undefined) =>
  queryOptions({
    queryKey: keys.eventSample.of(accountId),
    queryFn: async ({ signal }): Promise<EventSample> => {
      const { items, next } = expectPage(await api.GET('/api/netbird/events', { params: { query: given({ accountId, limit: SAMPLE }) }, signal }))
      return { events: items, isWhole: next === null }
    },
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

/** Asked for where it is wanted; without any event where it cannot be read. */
export function useEventSample(accountId: string | undefined, isWanted: boolean): EventSample | undefined {
  const { data, isError } = useQuery({ ...sampleQuery(accountId), enabled: isWanted })
  return data ?? (isError ? NONE : undefined)
}

const NO_CODES: readonly string[] = []

/** `policy.update` and `policy` of every code: an activity, and all that begin like it. */
function codesOf(events: readonly Event[]): readonly string[] {
  const codes = events.flatMap(({ activityCode, source }) => (source === 'netbird' && activityCode !== '' ? [activityCode] : []))
  return [...new Set(codes.flatMap((code) => [code.split('.')[0] ?? code, code]))].sort()
}

/** What the latest events are of, for somebody to choose from; nothing where they cannot be read. */
export function useSeenActivityCodes(accountId: string, enabled: boolean): readonly string[] {
  const sample = useEventSample(accountId || undefined, enabled)
  return useMemo(() => (sample === undefined ? NO_CODES : codesOf(sample.events)), [sample])
}
