import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CircleCheck, Download, FileBraces, FileDown, FileSpreadsheet, List, LoaderCircle, X } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useCan, useUser } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { download } from '@/lib/download'
import { readAuditTrail, type AuditFilters, type AuditFormat } from '@/queries/audit'
import { useCreateAuditExport } from '@/queries/auditExports'
import { announce } from './announcements'
import { RequestFailure } from './RequestFailure'
import { texts } from './texts/audit'
import { Button } from './ui/Button'
import { Menu, MenuHeading, MenuItem, MenuLink, MenuSeparator } from './ui/Menu'

/** "Acme Networks" as part of a file's name. */
export const fileName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'tenant'

const TYPES: Readonly<Record<AuditFormat, string>> = { csv: 'text/csv;charset=utf-8', jsonl: 'application/x-ndjson' }

interface Wanted {
  format: AuditFormat
  filters: AuditFilters
}

/** Saves the trail, or what filters leave of it; whoever goes to another page has changed their mind. */
function useAuditFile() {
  const { tenantName } = useUser()
  const [read, setRead] = useState(0)
  const aborter = useRef<AbortController>(undefined)
  useEffect(() => () => aborter.current?.abort(), [])
  const save = useMutation({
    /** How many entries were saved; null where somebody stopped it. */
    mutationFn: async ({ format, filters }: Wanted): Promise<number | null> => {
      const { signal } = (aborter.current = new AbortController())
      setRead(0)
      try {
        const { parts, entries } = await readAuditTrail({ format, filters, onProgress: setRead, signal })
        if (signal.aborted) return null
        if (entries > 0) download(`audit-${fileName(tenantName)}-${new Date().toISOString().slice(0, 10)}.${format}`, TYPES[format], format === 'csv' ? [UTF8_MARK, ...parts] : parts)
        return entries
      } catch (error) {
        if (signal.aborted) return null
        throw error
      }
    },
  })
  return { save, read, progress: save.isPending ? texts.auditExport.read({ count: read }) : undefined, stop: () => aborter.current?.abort() }
}

/** Tells a spreadsheet that a table is UTF-8. */
const UTF8_MARK = '\uFEFF'

/** Saves the whole audit trail as JSON Lines. */
export function AuditExport() {
  const { save, progress } = useAuditFile()
  if (!useCan('audit:read')) return null
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-y-2">
        <Button icon={Download} busy={save.isPending} onClick={() => save.mutate({ format: 'jsonl', filters: {} })}>
          {texts.auditExport.downloadAll}
        </Button>
        <p role="status" className="text-13 text-text-3 not-empty:ml-3">
          {progress}
          {save.isSuccess && save.data !== null && (
            <span className="inline-flex items-center gap-1.5 text-ok-text">
              <CircleCheck aria-hidden className="size-3.5" />
              {texts.auditExport.saved({ count: save.data })}
            </span>
          )}
        </p>
      </div>
      <RequestFailure error={save.error} title={texts.auditExport.failed} />
    </div>
  )
}

interface AuditExportMenuProps {
  filters: AuditFilters
  isNarrowed: boolean
  /** Stands before it, and with it where there is no room for both beside the rest. */
  children: ReactNode
}

/** From this many entries on, a browser had better leave it to the server. */
const MANY = 20_000

/** Has the server write a file of it, and goes where its progress is to be seen. */
function useAuditFileAhead(filters: AuditFilters) {
  const create = useCreateAuditExport()
  const navigate = useNavigate()
  const key = useRef<string>(undefined)
  const start = (format: AuditFormat) => {
    key.current ??= crypto.randomUUID()
    create.mutate(
      { key: key.current, body: { format, filter: filters } },
      {
        onSuccess: () => {
          announce(texts.auditExport.beingWritten)
          void navigate({ to: '/audit/exports' })
        },
        // What was refused is another wish the next time.
        onError: (error) => {
          if (error instanceof ApiProblem) key.current = undefined
        },
      },
    )
  }
  return { start, isPending: create.isPending, error: create.error }
}

/** Saves what the list of the trail is narrowed to, whole, in either format. Stands in a list's bar, its failure below that. */
export function AuditExportMenu({ filters, isNarrowed, children }: AuditExportMenuProps) {
  const { save, read, progress, stop } = useAuditFile()
  const ahead = useAuditFileAhead(filters)
  const what = isNarrowed ? texts.auditExport.shownAs : texts.auditExport.allAs
  const start = (format: AuditFormat) =>
    save.mutate(
      { format, filters },
      {
        onSuccess: (entries) => {
          if (entries === 0) announce(texts.auditExport.nothing)
          else if (entries !== null) announce((isNarrowed ? texts.auditExport.savedShown : texts.auditExport.savedAll)({ count: entries }))
        },
      },
    )
  const startAhead = (format: AuditFormat) => {
    stop()
    ahead.start(format)
  }
  const isBusy = save.isPending || ahead.isPending
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 max-sm:w-full">
        <p role="status" className="text-13 whitespace-nowrap text-text-3 tabular-nums empty:-mr-2 max-sm:order-last max-sm:w-full max-sm:not-empty:mt-1.5">
          {progress}
        </p>
        {progress !== undefined && read >= MANY && (
          <Button icon={FileDown} className="max-sm:order-last max-sm:mt-1.5 max-sm:w-full" onClick={() => startAhead(save.variables?.format ?? 'csv')}>
            {texts.auditExport.writeInstead}
          </Button>
        )}
        {children}
        <Menu align="end" trigger={<Button icon={isBusy ? LoaderCircle : Download} className="max-sm:flex-1">{texts.auditExport.export}</Button>}>
          {progress === undefined ? (
            <>
              <MenuHeading>{what}</MenuHeading>
              <MenuItem icon={FileSpreadsheet} onSelect={() => start('csv')}>
                {texts.auditExport.spreadsheetCsv}
              </MenuItem>
              <MenuItem icon={FileBraces} onSelect={() => start('jsonl')}>
                {texts.auditExport.jsonLines}
              </MenuItem>
              <MenuSeparator />
              <MenuHeading>{texts.auditExport.ahead}</MenuHeading>
              <MenuItem icon={FileDown} onSelect={() => startAhead('csv')}>
                {texts.auditExport.writeCsv}
              </MenuItem>
              <MenuItem icon={FileDown} onSelect={() => startAhead('jsonl')}>
                {texts.auditExport.writeJsonLines}
              </MenuItem>
            </>
          ) : (
            <>
              <MenuHeading>{progress}</MenuHeading>
              <MenuItem icon={X} onSelect={stop}>
                {texts.auditExport.stop}
              </MenuItem>
            </>
          )}
          <MenuSeparator />
          <MenuLink>
            <Link to="/audit/exports">
              <List aria-hidden className="size-4 text-text-3" />
              {texts.auditExport.files}
            </Link>
          </MenuLink>
        </Menu>
      </div>
      <div className="w-full empty:hidden">
        <RequestFailure error={save.error} title={texts.auditExport.failed} />
        <RequestFailure error={ahead.error} title={texts.auditExport.aheadFailed} />
      </div>
    </>
  )
}
