import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, expectData, expectPage, nextCursor } from '@/api/client'
import type { AuditEntry, AuditExportQuery, AuditQuery } from '@/api/types'
import { momentOf } from '@/lib/moment'
import { every, patiently, STALE } from './client'
import { keys } from './keys'
import { usePagedList } from './pagedList'
import { given } from './pages'

export type AuditFilters = Omit<AuditQuery, 'limit' | 'cursor'>

const PAGE_SIZE = 100

export const useAuditTrail = (filters: AuditFilters) =>
  usePagedList({
    queryKey: keys.audit.list(filters),
    fetchPage: async (cursor, signal) => expectPage(await api.GET('/api/audit/logs', { params: { query: given({ ...filters, limit: PAGE_SIZE, cursor }) }, signal })),
    idOf: ({ id }) => id,
  })

/** An entry that is on no page read so far, as a link from last month leads to: its id says when it was made. Null where there is none. */
export function useAuditEntry(id: string | undefined): AuditEntry | null | undefined {
  const at = id === undefined ? undefined : momentOf(id)
  const { data } = useQuery({
    queryKey: keys.auditEntry.one(id),
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

/** How much was done. Thousands of entries are looked at for it: it is not asked for as often as what is on screen. */
export const useAuditSummary = (filters: AuditFilters) =>
  useQuery({
    queryKey: keys.auditSummary.list(filters),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/audit/summary', { params: { query: given(filters) }, signal })),
    placeholderData: keepPreviousData,
    staleTime: STALE.configuration,
    refetchInterval: every(STALE.configuration),
  })

/** Whether a month of the trail is what it was. Asked when somebody wants to know, and again when they ask again. */
export const useAuditVerification = (month: string) =>
  useQuery({
    queryKey: keys.auditVerification(month),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/audit/verify', { params: { query: { month } }, signal })),
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

export type AuditFormat = NonNullable<AuditExportQuery['format']>

export interface AuditFile {
  /** One after the other they are the file, byte by byte: as text they would lose the mark that a spreadsheet needs. */
  parts: Blob[]
  entries: number
}

/** How many lines a part has. A cell may have some of its own. */
const linesOf: Readonly<Record<AuditFormat, (part: string) => number>> = {
  jsonl: (part) => part.split('\n').length - 1,
  csv: (part) => part.replace(/"[^"]*"/g, '').split('\r\n').length - 1,
}

/** The seals of a month as a file, oldest first. */
export async function readSeals(month: string, signal: AbortSignal): Promise<Blob[]> {
  const parts: Blob[] = []
  let cursor: string | undefined
  do {
    const answer = await patiently(async () => {
      const answer = await api.GET('/api/audit/seals', { params: { query: given({ month, cursor }) }, parseAs: 'blob', signal })
      return { part: expectData<Blob | undefined>(answer), next: nextCursor(answer.response.headers.get('link')) }
    }, signal)
    if (answer.part) parts.push(answer.part)
    cursor = answer.next ?? undefined
  } while (cursor !== undefined)
  return parts
}

interface ReadOptions {
  format: AuditFormat
  filters: AuditFilters
  /** Told how many entries are read. */
  onProgress: (read: number) => void
  signal: AbortSignal
}

/** The audit trail as a file, newest first, read part by part. How long it may be is up to the browser's memory. */
export async function readAuditTrail({ format, filters, onProgress, signal }: ReadOptions): Promise<AuditFile> {
  const file: AuditFile = { parts: [], entries: 0 }
  let cursor: string | undefined
  do {
    const query = given({ ...filters, format, cursor })
    const ask = async () => {
      const answer = await api.GET('/api/audit/export', { params: { query }, parseAs: 'blob', signal })
      // Of a part without anything there is no body.
      return { part: expectData<Blob | undefined>(answer), next: nextCursor(answer.response.headers.get('link')) }
    }
    const { part, next } = await patiently(ask, signal)
    const names = format === 'csv' && cursor === undefined ? 1 : 0
    if (part) {
      file.entries += Math.max(0, linesOf[format](await part.text()) - names)
      file.parts.push(part)
    }
    onProgress(file.entries)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return file
}
