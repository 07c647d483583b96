import type { UseQueryResult } from '@tanstack/react-query'
import { Entrance } from './Entrance'
import { RequestFailure } from './RequestFailure'
import { Bone } from './Skeleton'
import { texts } from './texts/failures'
import { Button } from './ui/Button'

interface OpeningLinkProps {
  title: string
  /** What the link is about, as in "the invitation". */
  what: string
  query: UseQueryResult
}

/** A mail's link while what it is about is read, or could not be. */
export function OpeningLink({ title, what, query: { error, isFetching, refetch } }: OpeningLinkProps) {
  return (
    <Entrance title={title}>
      {error ? (
        <div className="flex flex-col gap-3">
          <RequestFailure error={error} title={texts.openingLink.failed({ what })} />
          <Button busy={isFetching} onClick={() => void refetch()}>
            {texts.openingLink.tryAgain}
          </Button>
        </div>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-6">
          <p role="status" className="sr-only">
            {texts.openingLink.loading({ what })}
          </p>
          <Bone className="h-9" />
          <Bone className="h-9" />
        </div>
      )}
    </Entrance>
  )
}
