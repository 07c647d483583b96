import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useUser } from '@/api/client'
import { announce } from '@/components/announcements'
import { fileName } from '@/components/AuditExport'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { download } from '@/lib/download'
import { phrase } from '@/lib/phrase'
import { readAuditTrail, readSeals } from '@/queries/audit'
import { monthsLater, monthTitle } from './months'
import { texts } from './texts'

const TYPE = 'application/x-ndjson'

const beginning = (month: string): string => `${month}-01T00:00:00Z`

/** Saves a month of the trail and its seals, by which it is verified without the platform. */
export function SaveSealed({ month }: { month: string }) {
  const { tenantName } = useUser()
  const aborter = useRef<AbortController>(undefined)
  useEffect(() => () => aborter.current?.abort(), [])
  const save = useMutation({
    mutationFn: async () => {
      const { signal } = (aborter.current = new AbortController())
      // The seals last: an entry that is written meanwhile is not in the trail, and one that is has its seal.
      const { parts } = await readAuditTrail({ format: 'jsonl', filters: { from: beginning(month), to: beginning(monthsLater(month, 1)) }, onProgress: () => undefined, signal })
      const seals = await readSeals(month, signal)
      const of = `${fileName(tenantName)}-${month}.jsonl`
      download(`audit-${of}`, TYPE, parts)
      download(`audit-seals-${of}`, TYPE, seals)
    },
    onSuccess: () => announce(texts.saveSealed.saved({ month: monthTitle(month) })),
  })
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button icon={Download} busy={save.isPending} onClick={() => save.mutate()}>
          {texts.saveSealed.action}
        </Button>
        <p className="min-w-0 text-13 text-text-3">
          {phrase(texts.saveSealed.about, { code: (words) => <code className="font-mono text-12">{words}</code> })}
        </p>
      </div>
      <RequestFailure error={save.error} title={texts.saveSealed.failed} />
    </div>
  )
}
