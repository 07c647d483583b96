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
import { texts } from './texts'
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
            {review.subjectCount === 1 ? texts.subjects.signOff : texts.actions.signOffAll}
          </Button>
        )}
        <Menu
          align="end"
          trigger={
            <Button icon={Download} busy={save.isPending}>
              {texts.actions.export}
            </Button>
          }
        >
          <MenuItem icon={FileSpreadsheet} onSelect={() => save.mutate('csv')}>
            {texts.actions.csv}
          </MenuItem>
          <MenuItem icon={FileBraces} onSelect={() => save.mutate('jsonl')}>
            {texts.actions.jsonl}
          </MenuItem>
        </Menu>
        <Button icon={Printer} busy={print.isPending} onClick={() => print.mutate()}>
          {texts.actions.print}
        </Button>
        <Button icon={Link2} onClick={() => void copyAddress(texts.actions.thisReview)}>
          {texts.actions.copy}
        </Button>
        {mayWrite && review.signOffs.length === 0 && (
          <Button icon={Pencil} onClick={() => setAsks('edit')}>
            {texts.actions.edit}
          </Button>
        )}
        {mayWrite && (
          <Button icon={Trash2} onClick={() => setAsks('delete')}>
            {texts.actions.delete}
          </Button>
        )}
      </div>
      <RequestFailure error={save.error} title={texts.form.notSaved} />
      <RequestFailure error={print.error} title={texts.actions.notPrinted} />
      {asks === 'sign' && <SignDialog review={review} subject={undefined} isDifferent={now.standing === 'different'} onClose={close} />}
      {asks === 'edit' && <EditDialog review={review} onClose={close} />}
      {asks === 'delete' && (
        <ConfirmDialog
          title={texts.deletion.ask(review)}
          description={texts.deletion.about}
          action={texts.deletion.action(review)}
          keep={texts.deletion.keep}
          failed={texts.deletion.failed}
          mutation={remove}
          request={{ id: review.id, version: review.version }}
          onDone={() => {
            announce(texts.deletion.done(review))
            void navigate({ to: '/access/reviews' })
          }}
          onClose={close}
        />
      )}
    </div>
  )
}
