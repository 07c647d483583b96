import type { ReactNode } from 'react'
import { hasSlug } from '@/api/problem'
import type { PagedList } from '@/queries/pagedList'
import { Failed, NotAllowed, NotOffered, RefreshFailed } from '../states'
import { texts } from '../texts/states'

interface LoadedListProps<T> {
  list: PagedList<T>
  /** As in "the peers". */
  what: string
  /** Has the size of what comes, so that nothing jumps. */
  skeleton: ReactNode
  children: (items: readonly T[]) => ReactNode
}

/** A list's states: loading, not allowed, not offered, failed, and its rows, stale or not. */
export function LoadedList<T>({ list, what, skeleton, children }: LoadedListProps<T>) {
  const { items, error } = list
  if (hasSlug(error, 'forbidden')) return <NotAllowed what={what} permission={error.permission} />
  if (hasSlug(error, 'not-offered')) return <NotOffered what={what} />
  if (items === undefined) {
    if (error) return <Failed error={error} what={what} retrying={list.refreshing} onRetry={list.retry} />
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
      {error && <RefreshFailed error={error} since={list.updatedAt} />}
      {children(items)}
    </>
  )
}
