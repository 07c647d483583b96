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
import { texts } from './texts'

const { name: NAME, note: NOTE } = limits.AccessReviewChange

/** What a review is called, and what for: until somebody signs it. */
export function EditDialog({ review, onClose }: { review: AccessReview; onClose: () => void }) {
  const [{ id, version, name, note }] = useState(review)
  const { draft, change, errors, busy, failure, form, text } = useForm<{ name: string; note: string }, AccessReviewChange, AccessReview>({
    initial: { name, note },
    validate: (draft) => (draft.name.trim() === '' ? { '/name': texts.form.giveName } : {}),
    mutation: useChangeReview({ id, version }),
    request: (draft) => ({ name: draft.name.trim(), note: draft.note.trim() }),
    onSuccess: (saved) => {
      announce(texts.form.saved(saved))
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={texts.form.edit({ name })}
      description={texts.form.editAbout}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <RequestFailure error={failure} title={texts.form.notSaved} fields={['/name', '/note']} />
        <TextField label={texts.list.name} maxLength={NAME.maxLength} {...text('name')} />
        <TextAreaField label={texts.form.note} optional maxLength={NOTE.maxLength} value={draft.note} error={errors['/note']} onChange={(event) => change({ note: event.target.value })} />
        <DialogActions>
          <Button onClick={onClose}>{texts.form.cancel}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {texts.form.saveChanges}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
