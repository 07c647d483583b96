import type { UseQueryResult } from '@tanstack/react-query'
import { CircleAlert, Lock, RefreshCw, SearchX, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSession } from '@/api/client'
import { ApiProblem, hasSlug, ServerUnreachable } from '@/api/problem'
import { phrase } from '@/lib/phrase'
import { useFailure } from '@/queries/failure'
import { roleWord } from './roles'
import { texts } from './texts/states'
import { Clock } from './Time'
import { Button } from './ui/Button'
import { CopyButton } from './ui/CopyButton'

interface StateProps {
  icon?: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
}

/** A page, or a part of one, that has nothing to list, and the next step. */
export function Empty({ icon: Icon = SearchX, title, children, action }: StateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-16 text-center">
      <Icon aria-hidden className="mb-1 size-8 text-text-3" strokeWidth={1.5} />
      <h2 className="text-16 font-semibold">{title}</h2>
      {children && <p className="max-w-md text-13 text-text-2">{children}</p>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

interface FailureProps {
  error: unknown
  /** What could not be loaded, as in "the peers". */
  what: string
  onRetry: () => void
  retrying: boolean
}

/** What happened, why, what to do, and the id to give to whoever helps. */
export function Failed({ error, what, onRetry, retrying }: FailureProps) {
  const requestId = error instanceof ApiProblem ? error.requestId : undefined
  const title = error instanceof ServerUnreachable ? texts.states.noAnswer : texts.states.failed({ what })
  return (
    <div role="alert">
      <Empty
        icon={CircleAlert}
        title={title}
        action={
          <>
            <Button icon={RefreshCw} busy={retrying} onClick={onRetry}>
              {texts.states.tryAgain}
            </Button>
            {requestId && <CopyButton text={requestId} what={texts.states.requestId} />}
          </>
        }
      >
        {texts.states.otherPages({ why: error instanceof Error ? error.message : texts.states.unexpected })}
      </Empty>
    </div>
  )
}

/** No connected NetBird server gives this list: asking again is of no use. */
export function NotOffered({ what }: { what: string }) {
  return (
    <Empty icon={SearchX} title={texts.states.notOffered({ what })}>
      {texts.states.notOfferedWhy}
    </Empty>
  )
}

export function NotAllowed({ what, permission }: { what: string; permission: string | undefined }) {
  const session = useSession()
  const role = 'user' in session ? roleWord(session.user.role) : null
  return (
    <Empty icon={Lock} title={texts.states.notAllowed({ what })}>
      {role && `${texts.states.yourRole({ role })} `}
      {permission && <>{phrase(texts.states.needs, { permission: <code className="font-mono text-12">{permission}</code> })} </>}
      {texts.states.ask}
    </Empty>
  )
}

/** Says that what is on screen could not be refreshed, and from when it is. */
export function RefreshFailed({ error, since }: { error: unknown; since: number }) {
  return (
    <div role="status" className="mb-4 flex items-start gap-2 rounded-lg border border-line bg-warn-soft px-4 py-2 text-13 text-warn-text">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {phrase(texts.states.notRefreshed, { when: <Clock at={new Date(since).toISOString()} />, message: error instanceof Error ? error.message : '' })}
      </span>
    </div>
  )
}

interface LoadedProps<T> {
  query: UseQueryResult<T>
  what: string
  /** Has the size of what comes, so that nothing jumps. */
  skeleton: ReactNode
  /** In place of all of it where there is no such thing (any more). */
  gone?: ReactNode
  children: (data: T) => ReactNode
}

/** A query's states: loading, not allowed, gone, failed, and its data, stale or not. */
export function Loaded<T>({ query, what, skeleton, gone, children }: LoadedProps<T>) {
  const { data } = query
  const error = useFailure(query)
  if (hasSlug(error, 'forbidden')) return <NotAllowed what={what} permission={error.permission} />
  if (gone !== undefined && hasSlug(error, 'not-found')) return gone
  if (data === undefined) {
    if (error) return <Failed error={error} what={what} retrying={query.isFetching} onRetry={() => void query.refetch()} />
    return (
      <div aria-busy="true">
        <p role="status" className="sr-only">
          {texts.states.loading({ what })}
        </p>
        <div aria-hidden>{skeleton}</div>
      </div>
    )
  }
  return (
    <>
      {error && <RefreshFailed error={error} since={query.dataUpdatedAt} />}
      {children(data)}
    </>
  )
}
