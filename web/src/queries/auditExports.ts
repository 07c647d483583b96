import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { AuditExport, AuditExportInput } from '@/api/types'
import { every, refreshAfter, SECOND } from './client'
import { keys } from './keys'

/** What is being written tells how far it is. */
const PROGRESS_MS = 2 * SECOND

/** Whether it is still to become a file. */
export const isWritten = ({ state }: Pick<AuditExport, 'state'>): boolean => state !== 'queued' && state !== 'running'

/** The exports of the audit trail as files, newest first: never so many that they come in pages. */
export const useAuditExports = () =>
  useQuery({
    queryKey: keys.auditExports,
    queryFn: async ({ signal }) => expectData(await api.GET('/api/audit/exports', { signal })),
    refetchInterval: (query) => (query.state.data?.every(isWritten) ?? true ? refreshAfter(query) : every(PROGRESS_MS)(query)),
  })

/** `key`: the same for the same wish, so that asking again after a lost answer makes no second file. */
export function useCreateAuditExport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ key, body }: { key: string; body: AuditExportInput }) => expectData(await api.POST('/api/audit/exports', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.auditExports }),
  })
}

export function useDeleteAuditExport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/audit/exports/{id}', { params: { path: { id } } }))
    },
    // Also where somebody else was quicker.
    onSettled: () => client.invalidateQueries({ queryKey: keys.auditExports }),
  })
}

/** Where the file of an export is, for some minutes; undefined where it is no more. */
export function useAuditExportLink() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => expectData(await api.GET('/api/audit/exports/{id}', { params: { path: { id } } })).downloadUrl,
    onSettled: (link) => {
      if (link == null) void client.invalidateQueries({ queryKey: keys.auditExports })
    },
  })
}
