import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import type { AccessReview, AccessReviewSignOffInput, AccessReviewSubject, ReviewDecision } from '@/api/types'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { SelectField, TextAreaField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { phrase } from '@/lib/phrase'
import { useSignReview } from '@/queries/reviews'
import { texts } from './texts'

interface Draft {
  decision: ReviewDecision
  comment: string
}

interface SignDialogProps {
  review: AccessReview
  /** Without it, all of the review is signed. */
  subject: AccessReviewSubject | undefined
  /** The network differs by now from what is written down. */
  isDifferent: boolean
  onClose: () => void
}

/** Asks what is decided, and for what there is to say with it. */
export function SignDialog({ review, subject, isDifferent, onClose }: SignDialogProps) {
  // What was on screen when the dialog opened is what is signed.
  const [{ id, version, name, digest }] = useState(review)
  const what = subject ? subject.name : texts.sign.all({ name })
  const { draft, change, errors, busy, failure, form } = useForm<Draft, AccessReviewSignOffInput, AccessReview>({
    initial: { decision: 'approved', comment: '' },
    mutation: useSignReview({ id, version }),
    request: ({ decision, comment }) => ({ decision, ...(subject && { subjectId: subject.id }), ...(comment.trim() !== '' && { comment: comment.trim() }) }),
    onSuccess: () => {
      announce(texts.sign.signed({ what }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={texts.sign.title({ what })}
      description={texts.sign.about}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        {isDifferent && <p className="rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">{texts.sign.isDifferent}</p>}
        <RequestFailure error={failure} title={texts.sign.failed} fields={['/decision', '/comment']} />
        <SelectField label={texts.sign.decision} value={draft.decision} error={errors['/decision']} onChange={(event) => change({ decision: event.target.value as ReviewDecision })}>
          <option value="approved">{texts.sign.approved}</option>
          <option value="change_needed">{texts.sign.changeNeeded}</option>
        </SelectField>
        <TextAreaField label={texts.sign.comment} optional maxLength={limits.AccessReviewSignOffInput.comment.maxLength} value={draft.comment} error={errors['/comment']} onChange={(event) => change({ comment: event.target.value })} />
        <p className="text-12 wrap-anywhere text-text-3">
          {phrase(texts.sign.digest, { digest: <code className="font-mono">{subject?.digest ?? digest}</code> })}
        </p>
        <DialogActions>
          <Button onClick={onClose}>{texts.form.cancel}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {texts.subjects.signOff}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
