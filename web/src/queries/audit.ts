import { useQuery } from '@tanstack/react-query'
import { api, expectData, expectPage } from '@/api/client'
import type { AuditEntry, AuditQuery } from '@/api/types'
import { momentOf } from '@/lib/moment'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type AuditFilters = Omit<AuditQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

export const useAuditTrail = (filters: AuditFilters) =>
  usePagedList({
    queryKey: ['audit', filters],
    fetchPage: async (cursor, signal) => expectPage(await api.GET('/api/audit/logs', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: ({ id }) => id,
  })

/** An entry that is on no page read so far, as a link from last month leads to: its id says when it was made. Null where there is none. */
export function useAuditEntry(id: string | undefined): AuditEntry | null | undefined {
  const at = id === undefined ? undefined : momentOf(id)
  const { data } = useQuery({
    queryKey: ['audit-entry', id],
    queryFn: async ({ signal }) => {
      const made = at ?? 0
      const query = { from: new Date(made).toISOString(), to: new Date(made + 1).toISOString(), limit: PAGE_SIZE }
      return expectData(await api.GET('/api/audit/logs', { params: { query }, signal })).find((entry) => entry.id === id) ?? null
    },
    enabled: at !== undefined,
    // What was done stays done.
    staleTime: Infinity,
    refetchInterval: false,
  })
  // An id that says no time is no entry's.
  return id !== undefined && at === undefined ? null : data
}

const EXPORT_PAGE = 1000

/** The whole audit trail as NDJSON, newest first, read page by page. */
export async function readAuditTrail(onProgress: (read: number) => void, signal: AbortSignal): Promise<string[]> {
  const lines: string[] = []
  let cursor: string | undefined
  do {
    const page = expectPage(await api.GET('/api/audit/logs', { params: { query: given({ limit: EXPORT_PAGE, cursor }) }, signal }))
    for (const entry of page.items) lines.push(`${JSON.stringify(entry)}\n`)
    onProgress(lines.length)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return lines
}
