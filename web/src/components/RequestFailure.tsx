import { ApiProblem, hasSlug } from '@/api/problem'
import { oneUnit } from '@/lib/time'
import { FormFailure } from './FormFailure'
import { texts } from './texts/states'

interface RequestFailureProps {
  error: Error | null
  title: string
  /** The pointers that have a field on screen, which shows its own error. */
  fields?: readonly string[]
}

/** Why a form was refused, unless its fields say all of it. */
export function RequestFailure({ error, title, fields = [] }: RequestFailureProps) {
  if (!error) return null
  if (hasSlug(error, 'rate-limited')) {
    return (
      <FormFailure title={texts.requestFailure.tooMany}>
        {texts.states.wait({ wait: error.retryAfter === undefined ? undefined : oneUnit(error.retryAfter * 1000) })}
      </FormFailure>
    )
  }
  if (error instanceof ApiProblem && error.fields.length > 0) {
    const elsewhere = error.fields.filter(({ pointer }) => !fields.some((field) => pointer === field || pointer.startsWith(`${field}/`)))
    if (elsewhere.length === 0) return null
    return (
      <FormFailure title={title} error={error}>
        {elsewhere.map(({ pointer, detail }) => (
          <p key={pointer}>{detail}</p>
        ))}
      </FormFailure>
    )
  }
  return (
    <FormFailure title={title} error={error}>
      {error.message}
    </FormFailure>
  )
}
