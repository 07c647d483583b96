import { Hourglass, Scale, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiProblem, hasSlug } from '@/api/problem'
import { sentence } from '@/lib/sentence'
import { Bone } from '../Skeleton'
import { Empty, Failed, NotAllowed } from '../states'
import { Button } from '../ui/Button'
import { texts } from './texts'

export const Framed = ({ children }: { children: ReactNode }) => <div className="rounded-lg border border-line bg-surface-1">{children}</div>

export function DifferencesSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        {texts.without.loading}
      </p>
      <div aria-hidden className="@container flex flex-col gap-4">
        <Bone className="h-32 w-full rounded-lg" />
        <div className="grid gap-4 @2xl:grid-cols-2">
          <Bone className="h-64 rounded-lg" />
          <Bone className="h-64 rounded-lg" />
        </div>
      </div>
    </div>
  )
}

interface WhyProps {
  error: unknown
  /** As in "You do not have access to …". */
  what: string
  /** The API finds something wrong with what is asked. */
  refused: (error: ApiProblem) => ReactNode
  /** What to ask instead of what is too much to be judged. */
  tooMuch: string
  retrying: boolean
  onRetry: () => void
}

function Why({ error, what, refused, tooMuch, retrying, onRetry }: WhyProps) {
  if (hasSlug(error, 'forbidden')) return <NotAllowed what={what} permission={error.permission} />
  if (hasSlug(error, 'unavailable')) {
    return (
      <Empty
        icon={Hourglass}
        title={texts.without.beingRead}
        action={
          <Button busy={retrying} onClick={onRetry}>
            {texts.without.askAgain}
          </Button>
        }
      >
        {texts.without.beingReadWhy}
      </Empty>
    )
  }
  if (error instanceof ApiProblem && error.fields.length > 0) return refused(error)
  if (hasSlug(error, 'not-found')) {
    return (
      <Empty icon={SearchX} title={texts.without.accountGone}>
        {texts.without.accountGoneWhy}
      </Empty>
    )
  }
  if (hasSlug(error, 'conflict')) {
    return (
      <Empty icon={Scale} title={texts.without.tooMuch}>
        {sentence(error.message)} {tooMuch}
      </Empty>
    )
  }
  return <Failed error={error} what={texts.without.what} retrying={retrying} onRetry={onRetry} />
}

/** Why there is no difference yet, and what to do. */
export function WithoutDifferences({ error, failureReason, ...rest }: WhyProps & { failureReason: unknown }) {
  if (!error && !hasSlug(failureReason, 'unavailable')) return <DifferencesSkeleton />
  return (
    <Framed>
      <Why error={error ?? failureReason} {...rest} />
    </Framed>
  )
}
