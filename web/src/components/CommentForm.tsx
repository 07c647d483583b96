import type { UseMutationResult } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { announce } from './announcements'
import { fieldErrorsOf } from './formErrors'
import { RequestFailure } from './RequestFailure'
import { Button } from './ui/Button'
import { TextAreaField } from './ui/Field'
import { unsaved } from './unsaved'

interface CommentFormProps {
  mutation: Pick<UseMutationResult<unknown, Error, { message: string; key: string }>, 'mutate' | 'error' | 'isPending'>
  longest: number
  placeholder: string
  hint: string
  /** Announced once it is there. */
  said: string
}

/** Where people say what they know of the thing above it. */
export function CommentForm({ mutation, longest, placeholder, hint, said }: CommentFormProps) {
  const [message, setMessage] = useState('')
  // Of the text that is sent: the same one is not said twice when its answer was lost.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const field = useRef<HTMLDivElement>(null)
  const text = message.trim()
  const submit = () => {
    if (text === '' || mutation.isPending) return
    mutation.mutate(
      { message: text, key },
      {
        onSuccess: () => {
          setMessage('')
          setKey(crypto.randomUUID())
          announce(said)
          field.current?.querySelector('textarea')?.focus()
        },
      },
    )
  }
  return (
    <form
      {...unsaved(text !== '' && !mutation.isPending)}
      className="flex flex-col gap-2 border-t border-line px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <RequestFailure error={mutation.error} title="The comment was not saved" fields={['/message']} />
      <div ref={field}>
        <TextAreaField
          label="Comment"
          rows={2}
          maxLength={longest}
          placeholder={placeholder}
          hint={hint}
          value={message}
          error={fieldErrorsOf(mutation.error)['/message']}
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
      <Button type="submit" className="self-start" busy={mutation.isPending} disabled={text === ''}>
        Add comment
      </Button>
    </form>
  )
}
