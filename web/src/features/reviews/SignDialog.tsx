import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import type { AccessReview, AccessReviewSignOffInput, AccessReviewSubject, ReviewDecision } from '@/api/types'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { SelectField, TextAreaField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useSignReview } from '@/queries/reviews'

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
  const what = subject ? subject.name : `all of “${name}”`
  const { draft, change, errors, busy, failure, form } = useForm<Draft, AccessReviewSignOffInput, AccessReview>({
    initial: { decision: 'approved', comment: '' },
    mutation: useSignReview({ id, version }),
    request: ({ decision, comment }) => ({ decision, ...(subject && { subjectId: subject.id }), ...(comment.trim() !== '' && { comment: comment.trim() }) }),
    onSuccess: () => {
      announce(`You signed ${what}.`)
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={`Sign off ${what}`}
      description="Your name, the time and the digest of what is written down go into the audit trail. It can be signed again: the last one counts, and all are kept."
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        {isDifferent && <p className="rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">The network differs from what is written down here. You sign what was so then.</p>}
        <RequestFailure error={failure} title="Nothing was signed" fields={['/decision', '/comment']} />
        <SelectField label="Decision" value={draft.decision} error={errors['/decision']} onChange={(event) => change({ decision: event.target.value as ReviewDecision })}>
          <option value="approved">Approved: it is as it should be</option>
          <option value="change_needed">Change needed: somebody reaches it who should not, or the other way round</option>
        </SelectField>
        <TextAreaField label="Comment" optional maxLength={limits.AccessReviewSignOffInput.comment.maxLength} value={draft.comment} error={errors['/comment']} onChange={(event) => change({ comment: event.target.value })} />
        <p className="text-12 wrap-anywhere text-text-3">
          SHA-256 <code className="font-mono">{subject?.digest ?? digest}</code>
        </p>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Sign off
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
