import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import type { AccessReview, AccessReviewChange } from '@/api/types'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextAreaField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useChangeReview } from '@/queries/reviews'

const { name: NAME, note: NOTE } = limits.AccessReviewChange

/** What a review is called, and what for: until somebody signs it. */
export function EditDialog({ review, onClose }: { review: AccessReview; onClose: () => void }) {
  const [{ id, version, name, note }] = useState(review)
  const { draft, change, errors, busy, failure, form, text } = useForm<{ name: string; note: string }, AccessReviewChange, AccessReview>({
    initial: { name, note },
    validate: (draft) => (draft.name.trim() === '' ? { '/name': 'Give it a name.' } : {}),
    mutation: useChangeReview({ id, version }),
    request: (draft) => ({ name: draft.name.trim(), note: draft.note.trim() }),
    onSuccess: (saved) => {
      announce(`“${saved.name}” is saved.`)
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={`Edit “${name}”`}
      description="Who reaches what stays as it is written down. Once anybody has signed, name and note stay, too."
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <RequestFailure error={failure} title="The review was not saved" fields={['/name', '/note']} />
        <TextField label="Name" maxLength={NAME.maxLength} {...text('name')} />
        <TextAreaField label="Note" optional maxLength={NOTE.maxLength} value={draft.note} error={errors['/note']} onChange={(event) => change({ note: event.target.value })} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Save changes
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
