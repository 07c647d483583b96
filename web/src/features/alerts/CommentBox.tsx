import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { Alert } from '@/api/types'
import { CommentForm } from '@/components/CommentForm'
import { useCommentAlert } from '@/queries/alerts'
import { texts } from './texts'

function Comment({ alertId }: { alertId: string }) {
  return (
    <CommentForm
      mutation={useCommentAlert(alertId)}
      longest={limits.CommentAlert.message.maxLength}
      placeholder={texts.comment.placeholder}
      hint={texts.comment.hint}
      said={texts.comment.commentInTimeline}
    />
  )
}

/** Where people say what they know of an alert, also when it is over. */
export function CommentBox({ alert }: { alert: Alert }) {
  return useCan('alerts:acknowledge') ? <Comment key={alert.id} alertId={alert.id} /> : null
}
