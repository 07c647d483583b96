import { useMutation } from '@tanstack/react-query'
import { CircleCheck, Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useCan, useUser } from '@/api/client'
import { RequestFailure } from './RequestFailure'
import { Button } from './ui/Button'
import { download } from '@/lib/download'
import { grouped, plural } from '@/lib/numbers'
import { readAuditTrail } from '@/queries/audit'

/** "Acme Networks" as part of a file's name. */
const fileName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'tenant'

/** Saves the whole audit trail as NDJSON. */
export function AuditExport() {
  const { tenantName } = useUser()
  const [read, setRead] = useState(0)
  const aborter = useRef<AbortController>(undefined)
  useEffect(() => () => aborter.current?.abort(), [])
  const save = useMutation({
    mutationFn: async () => {
      aborter.current = new AbortController()
      setRead(0)
      const lines = await readAuditTrail(setRead, aborter.current.signal)
      download(`audit-${fileName(tenantName)}-${new Date().toISOString().slice(0, 10)}.ndjson`, 'application/x-ndjson', lines)
      return lines.length
    },
  })
  if (!useCan('audit:read')) return null
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-y-2">
        <Button icon={Download} busy={save.isPending} onClick={() => save.mutate()}>
          Download the whole audit trail
        </Button>
        <p role="status" className="text-13 text-text-3 not-empty:ml-3">
          {save.isPending && `${grouped(read)} entries read`}
          {save.isSuccess && (
            <span className="inline-flex items-center gap-1.5 text-ok-text">
              <CircleCheck aria-hidden className="size-3.5" />
              {plural(save.data, 'entry', 'entries')} saved
            </span>
          )}
        </p>
      </div>
      <RequestFailure error={save.error} title="The audit trail was not saved" />
    </div>
  )
}
