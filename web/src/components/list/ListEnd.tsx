import { RefreshCw } from 'lucide-react'
import type { PagedList } from '@/queries/pagedList'
import { Button } from '../ui/Button'

/** What stands below the rows that are loaded: nothing, that more come, or that they could not be read. */
export function ListEnd<T>({ list, what }: { list: PagedList<T>; what: string }) {
  if (list.failedMore) {
    return (
      <div role="alert" className="flex flex-wrap items-center justify-center gap-3 py-4 text-13 text-bad-text">
        More {what} could not be loaded.
        <Button icon={RefreshCw} busy={list.refreshing} onClick={list.retry}>
          Try again
        </Button>
      </div>
    )
  }
  return list.loadingMore ? (
    <p role="status" className="py-4 text-center text-13 text-text-3">
      Loading more {what}
    </p>
  ) : null
}
