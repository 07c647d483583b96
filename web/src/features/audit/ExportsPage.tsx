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
import { texts } from './texts'

function ToTheTrail() {
  return (
    <Link to="/audit" className={buttonClass()}>
      <ScrollText aria-hidden className="size-3.5" />
      {texts.exports.toTrail}
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
          if (url == null) announce(texts.exports.gone)
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
        lead={<p className="text-13 text-text-3">{texts.exports.lead}</p>}
        action={<ToTheTrail />}
        above={<RequestFailure error={link.error} title={texts.exports.notDownloaded} />}
        empty={
          <Empty icon={FileDown} title={texts.exports.emptyTitle} action={<ToTheTrail />}>
            {texts.exports.empty}
          </Empty>
        }
      />
      {leaving && (
        <ConfirmDialog
          title={isWritten(leaving) ? texts.exports.delete({ fileName: leaving.fileName }) : texts.exports.stop({ fileName: leaving.fileName })}
          description={isWritten(leaving) ? texts.exports.deleteDescription : texts.exports.stopDescription}
          action={isWritten(leaving) ? texts.exports.deleteAction : texts.exports.stopAction}
          failed={texts.exports.notDeleted}
          mutation={remove}
          request={leaving.id}
          onDone={() => announce(texts.exports.deleted({ fileName: leaving.fileName }))}
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
  return useCan('audit:read') ? <Exports /> : <NotAllowed what={texts.exports.what} permission="audit:read" />
}
