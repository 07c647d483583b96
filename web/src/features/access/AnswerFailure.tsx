import { Hourglass, Scale, SearchX } from 'lucide-react'
import { hasSlug } from '@/api/problem'
import { KINDS } from '@/components/finder/kinds'
import { Empty, Failed } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { listed } from '@/lib/numbers'
import { oneUnit } from '@/lib/time'
import type { Asked } from './question'

interface AnswerFailureProps {
  error: unknown
  asked: Asked
  /** Null of a side that is known to be gone. */
  names: { from: string | null | undefined; to: string | null | undefined }
  /** Whether the account is known not to be among theirs. */
  accountIsGone: boolean
  retrying: boolean
  onRetry: () => void
}

/** Which of the two sides is gone, as far as that is known. */
function whatIsGone({ from, to }: Asked, names: AnswerFailureProps['names'], detail: string): string {
  const gone = (['from', 'to'] as const).flatMap((side) => {
    const end = side === 'from' ? from : to
    return end && names[side] === null ? [`the ${KINDS[end.kind].word.toLowerCase()} ${side === 'from' ? 'that you ask from' : 'to be reached'} (${end.id})`] : []
  })
  if (gone.length > 0) return listed(gone)
  // The answer says of what kind; if only one side is of that kind, it is that one.
  const named = ([['from', from], ['to', to]] as const).filter(([, end]) => end && detail.toLowerCase().endsWith(` ${end.kind}`))
  const [only, other] = named
  if (only?.[1] && !other) return `the ${only[1].kind} ${only[0] === 'from' ? 'that you ask from' : 'to be reached'}`
  return 'one of the two'
}

/** Why there is no answer, and what to do. */
export function AnswerFailure({ error, asked, names, accountIsGone, retrying, onRetry }: AnswerFailureProps) {
  if (hasSlug(error, 'not-found')) {
    const gone = accountIsGone ? 'this account' : whatIsGone(asked, names, error.message)
    return (
      <div role="alert">
        <Empty icon={SearchX} title={`${gone.charAt(0).toUpperCase()}${gone.slice(1)} is no longer there`}>
          {accountIsGone ? 'It was disconnected, or it belongs to another tenant.' : 'It was removed from its network since the link was made. Choose another above.'}
        </Empty>
      </div>
    )
  }
  if (hasSlug(error, 'conflict')) {
    return (
      <div role="alert">
        <Empty icon={Scale} title="This network is too large to be judged">
          It has too many rules, groups and peers to be judged together, so no answer would be reliable. Policies that name fewer groups make it smaller.
        </Empty>
      </div>
    )
  }
  if (hasSlug(error, 'unavailable')) {
    return (
      <div role="alert">
        <Empty
          icon={Hourglass}
          title="The network is still being read anew"
          action={
            <Button busy={retrying} onClick={onRetry}>
              Ask again
            </Button>
          }
        >
          An answer from half of a network would be wrong. It was asked for several times; ask again after the next sync.
        </Empty>
      </div>
    )
  }
  return <Failed error={error} what="the answer" retrying={retrying} onRetry={onRetry} />
}

/** Said while the question is asked again without anybody's doing. */
export function AskingAgain({ error }: { error: unknown }) {
  const after = hasSlug(error, 'unavailable') ? error.retryAfter : undefined
  return (
    <div role="status">
      <Empty icon={Hourglass} title="The network is being read anew">
        An answer from half of a network would be wrong. This page asks again by itself{after === undefined ? '' : ` every ${oneUnit(after * 1000)}`} until it can be answered, a few times.
      </Empty>
    </div>
  )
}
