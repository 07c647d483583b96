import { ApiProblem } from '@/api/problem'
import type { ProblemReason } from '@/api/types'
import { explainReason } from '@/components/connectionReasons'
import { FormFailure } from '@/components/FormFailure'
import { texts } from './texts'

/** Reasons whose detail says more than the remedy: which of several causes it was. */
const SAYS_MORE = new Set<ProblemReason>(['unreachable', 'certificate', 'server_error'])

/** Why a connection was not made. */
export function ConnectionFailure({ error }: { error: Error }) {
  if (error instanceof ApiProblem && error.reason) {
    const { title, remedy } = explainReason({ code: error.reason, detail: error.message })
    return (
      <FormFailure title={title} error={error}>
        <p>{remedy}</p>
        {SAYS_MORE.has(error.reason) && <p className="mt-0.5 text-text-2">{error.message}</p>}
      </FormFailure>
    )
  }
  return (
    <FormFailure title={texts.connect.notTested} error={error}>
      {error.message}
    </FormFailure>
  )
}
