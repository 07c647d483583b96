import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { Alert } from '@/api/types'
import { CommentForm } from '@/components/CommentForm'
import { useCommentAlert } from '@/queries/alerts'

function Comment({ alertId }: { alertId: string }) {
  return (
    <CommentForm
      mutation={useCommentAlert(alertId)}
      longest={limits.CommentAlert.message.maxLength}
      placeholder="What you found, what you try next"
      hint="For whoever reads this alert later. Nobody is notified."
      said="Your comment is in the timeline."
    />
  )
}

/** Where people say what they know of an alert, also when it is over. */
export function CommentBox({ alert }: { alert: Alert }) {
  return useCan('alerts:acknowledge') ? <Comment key={alert.id} alertId={alert.id} /> : null
}
