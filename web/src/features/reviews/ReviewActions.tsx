import { useNavigate } from '@tanstack/react-router'
import { FileBraces, FileSpreadsheet, Link2, Pencil, Printer, Signature, Trash2, Download } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { AccessReviewNow } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { copyAddress } from '@/components/copyAddress'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Menu, MenuItem } from '@/components/ui/Menu'
import { useDeleteReview } from '@/queries/reviews'
import { EditDialog } from './EditDialog'
import { SignDialog } from './SignDialog'
import { useReviewFile } from './useReviewFile'
import type { useOnPaper } from './useOnPaper'

interface ReviewActionsProps {
  found: AccessReviewNow
  print: ReturnType<typeof useOnPaper>['print']
}

export function ReviewActions({ found: { review, now }, print }: ReviewActionsProps) {
  const mayWrite = useCan('reviews:write')
  const navigate = useNavigate()
  const save = useReviewFile(review)
  const remove = useDeleteReview()
  const [asks, setAsks] = useState<'sign' | 'edit' | 'delete'>()
  const close = () => setAsks(undefined)
  return (
    <div className="flex flex-col gap-2 md:items-end">
      <div className="flex flex-wrap gap-2">
        {mayWrite && (
          <Button variant="primary" icon={Signature} onClick={() => setAsks('sign')}>
            {review.subjectCount === 1 ? 'Sign off' : 'Sign off all'}
          </Button>
        )}
        <Menu
          align="end"
          trigger={
            <Button icon={Download} busy={save.isPending}>
              Export
            </Button>
          }
        >
          <MenuItem icon={FileSpreadsheet} onSelect={() => save.mutate('csv')}>
            Spreadsheet (CSV)
          </MenuItem>
          <MenuItem icon={FileBraces} onSelect={() => save.mutate('jsonl')}>
            JSON Lines, which the digest is of
          </MenuItem>
        </Menu>
        <Button icon={Printer} busy={print.isPending} onClick={() => print.mutate()}>
          Print
        </Button>
        <Button icon={Link2} onClick={() => void copyAddress('this review')}>
          Copy link
        </Button>
        {mayWrite && review.signOffs.length === 0 && (
          <Button icon={Pencil} onClick={() => setAsks('edit')}>
            Edit
          </Button>
        )}
        {mayWrite && (
          <Button icon={Trash2} onClick={() => setAsks('delete')}>
            Delete
          </Button>
        )}
      </div>
      <RequestFailure error={save.error} title="The review was not saved" />
      <RequestFailure error={print.error} title="The review could not be printed" />
      {asks === 'sign' && <SignDialog review={review} subject={undefined} isDifferent={now.standing === 'different'} onClose={close} />}
      {asks === 'edit' && <EditDialog review={review} onClose={close} />}
      {asks === 'delete' && (
        <ConfirmDialog
          title={`Delete “${review.name}”?`}
          description="What is written down goes with it, and all that was signed. The audit trail keeps that it was signed, by whom, and the digest. Export it first if it is evidence."
          action={`Delete “${review.name}”`}
          keep="Keep it"
          failed="The review was not deleted"
          mutation={remove}
          request={{ id: review.id, version: review.version }}
          onDone={() => {
            announce(`Access review “${review.name}” was deleted.`)
            void navigate({ to: '/access/reviews' })
          }}
          onClose={close}
        />
      )}
    </div>
  )
}
