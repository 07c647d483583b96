import { Hourglass, Scale, SearchX } from 'lucide-react'
import { hasSlug } from '@/api/problem'
import { KINDS } from '@/components/finder/kinds'
import { Empty, Failed } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { listed } from '@/lib/numbers'
import { capitalized } from '@/lib/sentence'
import { oneUnit } from '@/lib/time'
import type { Asked } from './question'
import { texts } from './texts'

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
    const said = side === 'from' ? texts.failure.goneFrom : texts.failure.goneTo
    return end && names[side] === null ? [said({ kind: KINDS[end.kind].word.toLowerCase(), id: end.id })] : []
  })
  if (gone.length > 0) return listed(gone)
  // The answer says of what kind; if only one side is of that kind, it is that one.
  const named = ([['from', from], ['to', to]] as const).filter(([, end]) => end && detail.toLowerCase().endsWith(` ${end.kind}`))
  const [only, other] = named
  if (only?.[1] && !other) return (only[0] === 'from' ? texts.failure.goneFromKind : texts.failure.goneToKind)({ kind: only[1].kind })
  return texts.failure.oneIsGone
}

/** Why there is no answer, and what to do. */
export function AnswerFailure({ error, asked, names, accountIsGone, retrying, onRetry }: AnswerFailureProps) {
  if (hasSlug(error, 'not-found')) {
    const gone = accountIsGone ? texts.failure.accountIsGone : whatIsGone(asked, names, error.message)
    return (
      <div role="alert">
        <Empty icon={SearchX} title={capitalized(texts.failure.gone({ what: gone }))}>
          {accountIsGone ? texts.failure.whyAccount : texts.failure.whyEnd}
        </Empty>
      </div>
    )
  }
  if (hasSlug(error, 'conflict')) {
    return (
      <div role="alert">
        <Empty icon={Scale} title={texts.failure.tooLarge}>
          {texts.failure.whyTooLarge}
        </Empty>
      </div>
    )
  }
  if (hasSlug(error, 'unavailable')) {
    return (
      <div role="alert">
        <Empty
          icon={Hourglass}
          title={texts.failure.stillReading}
          action={
            <Button busy={retrying} onClick={onRetry}>
              {texts.failure.askAgain}
            </Button>
          }
        >
          {texts.failure.askAfterSync}
        </Empty>
      </div>
    )
  }
  return <Failed error={error} what={texts.failure.what} retrying={retrying} onRetry={onRetry} />
}

/** Said while the question is asked again without anybody's doing. */
export function AskingAgain({ error }: { error: unknown }) {
  const after = hasSlug(error, 'unavailable') ? error.retryAfter : undefined
  return (
    <div role="status">
      <Empty icon={Hourglass} title={texts.failure.reading}>
        {texts.failure.asksItself({ every: after === undefined ? undefined : oneUnit(after * 1000) })}
      </Empty>
    </div>
  )
}
