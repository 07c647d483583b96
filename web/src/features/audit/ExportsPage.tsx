import { Link } from '@tanstack/react-router'
import { FileDown, ScrollText } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useCan } from '@/api/client'
import type { AuditExport } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { RequestFailure } from '@/components/RequestFailure'
import { Empty, NotAllowed } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { downloadFrom } from '@/lib/download'
import { isWritten, useAuditExportLink, useAuditExports, useDeleteAuditExport } from '@/queries/auditExports'
import { useMemberNames } from '@/queries/members'
import { exportList } from './exportList'

function ToTheTrail() {
  return (
    <Link to="/audit" className={buttonClass()}>
      <ScrollText aria-hidden className="size-3.5" />
      To the audit trail
    </Link>
  )
}

function Exports() {
  const exports = useAuditExports()
  const link = useAuditExportLink()
  const remove = useDeleteAuditExport()
  const [leaving, setLeaving] = useState<AuditExport>()
  // Who made one is named in it. Whom one is about is found among the members of today.
  const members = useMemberNames('', exports.data?.some(({ filter }) => filter.user !== undefined) ?? false)
  const opening = link.isPending ? link.variables : undefined
  const { mutate } = link
  const onDownload = useCallback(
    ({ id }: AuditExport) =>
      mutate(id, {
        onSuccess: (url) => {
          if (url == null) announce('The file is no longer there.')
          else downloadFrom(url)
        },
      }),
    [mutate],
  )
  const definition = useMemo(
    () => exportList({ nameOf: (id) => members?.find((one) => one.id === id)?.name, opening, onDownload, onDelete: setLeaving }),
    [members, opening, onDownload],
  )
  const list = useWholeList(exports, definition)
  return (
    <>
      <List
        definition={definition}
        list={list}
        lead={<p className="text-13 text-text-3">Files of the audit trail, written in the background. Each is kept for seven days.</p>}
        action={<ToTheTrail />}
        above={<RequestFailure error={link.error} title="The file was not downloaded" />}
        empty={
          <Empty icon={FileDown} title="No export yet" action={<ToTheTrail />}>
            A trail that is too long to be saved by a browser is written as a file. Filter the audit trail as you need it, then choose Export.
          </Empty>
        }
      />
      {leaving && (
        <ConfirmDialog
          title={isWritten(leaving) ? `Delete ${leaving.fileName}?` : `Stop writing ${leaving.fileName}?`}
          description={isWritten(leaving) ? 'The file goes with it. The audit trail itself stays as it is.' : 'What is written so far is deleted. The audit trail itself stays as it is.'}
          action={isWritten(leaving) ? 'Delete the export' : 'Stop and delete it'}
          failed="The export was not deleted"
          mutation={remove}
          request={leaving.id}
          onDone={() => announce(`${leaving.fileName} is deleted.`)}
          onClose={() => {
            remove.reset()
            setLeaving(undefined)
          }}
        />
      )}
    </>
  )
}

/** The audit trail as files, for what is too long for a browser to save. */
export function ExportsPage() {
  return useCan('audit:read') ? <Exports /> : <NotAllowed what="the audit trail" permission="audit:read" />
}
