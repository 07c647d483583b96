import type { UseMutationResult } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { announce } from './announcements'
import { RequestFailure } from './RequestFailure'
import { texts } from './texts/alerts'
import { Button } from './ui/Button'
import { TextAreaField } from './ui/Field'
import { useForm } from './useForm'

interface CommentFormProps {
  mutation: Pick<UseMutationResult<unknown, Error, { message: string; key: string }>, 'mutate' | 'error' | 'isPending' | 'reset'>
  longest: number
  placeholder: string
  hint: string
  /** Announced once it is there. */
  said: string
}

/** Where people say what they know of the thing above it. */
export function CommentForm({ mutation, longest, placeholder, hint, said }: CommentFormProps) {
  // Of the text that is sent: the same one is not said twice when its answer was lost.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const field = useRef<HTMLDivElement>(null)
  const { draft, change, errors, form } = useForm({
    initial: { message: '' },
    mutation,
    request: ({ message }) => ({ message: message.trim(), key }),
    onSuccess: () => {
      write('')
      announce(said)
      field.current?.querySelector('textarea')?.focus()
    },
  })
  const isEmpty = draft.message.trim() === ''
  const write = (message: string) => {
    change({ message })
    // Another text is another comment.
    setKey(crypto.randomUUID())
  }
  return (
    <form {...form} className="flex flex-col gap-2 border-t border-line px-4 py-3">
      <RequestFailure error={mutation.error} title={texts.commentForm.failed} fields={['/message']} />
      <div ref={field}>
        <TextAreaField
          label={texts.commentForm.label}
          rows={2}
          maxLength={longest}
          placeholder={placeholder}
          hint={hint}
          value={draft.message}
          error={errors['/message']}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !isEmpty) event.currentTarget.form?.requestSubmit()
          }}
        />
      </div>
      <Button type="submit" className="self-start" busy={mutation.isPending} disabled={isEmpty}>
        {texts.commentForm.add}
      </Button>
    </form>
  )
}
