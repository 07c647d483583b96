import { useRef, useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { Alert } from '@/api/types'
import { announce } from '@/components/announcements'
import { fieldErrorsOf } from '@/components/formErrors'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { TextAreaField } from '@/components/ui/Field'
import { unsaved } from '@/components/unsaved'
import { useCommentAlert } from '@/queries/alerts'

const LONGEST = limits.CommentAlert.message.maxLength

function Comment({ alertId }: { alertId: string }) {
  const comment = useCommentAlert(alertId)
  const [message, setMessage] = useState('')
  // Of the text that is sent: the same one is not said twice when its answer was lost.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const field = useRef<HTMLDivElement>(null)
  const text = message.trim()
  const submit = () => {
    if (text === '' || comment.isPending) return
    comment.mutate(
      { message: text, key },
      {
        onSuccess: () => {
          setMessage('')
          setKey(crypto.randomUUID())
          announce('Your comment is in the timeline.')
          field.current?.querySelector('textarea')?.focus()
        },
      },
    )
  }
  return (
    <form
      {...unsaved(text !== '' && !comment.isPending)}
      className="flex flex-col gap-2 border-t border-line px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <RequestFailure error={comment.error} title="The comment was not saved" fields={['/message']} />
      <div ref={field}>
        <TextAreaField
          label="Comment"
          rows={2}
          maxLength={LONGEST}
          placeholder="What you found, what you try next"
          hint="For whoever reads this alert later. Nobody is notified."
          value={message}
          error={fieldErrorsOf(comment.error)['/message']}
          onChange={(event) => {
            setMessage(event.target.value)
            // Another text is another comment.
            setKey(crypto.randomUUID())
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
          }}
        />
      </div>
      <Button type="submit" className="self-start" busy={comment.isPending} disabled={text === ''}>
        Add comment
      </Button>
    </form>
  )
}

/** Where people say what they know of an alert, also when it is over. */
export function CommentBox({ alert }: { alert: Alert }) {
  return useCan('alerts:acknowledge') ? <Comment key={alert.id} alertId={alert.id} /> : null
}
