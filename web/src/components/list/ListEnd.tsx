import { RefreshCw } from 'lucide-react'
import type { PagedList } from '@/queries/pagedList'
import { Button } from '../ui/Button'
import { texts } from './texts'

/** What stands below the rows that are loaded: nothing, that more come, or that they could not be read. */
export function ListEnd<T>({ list, what }: { list: PagedList<T>; what: string }) {
  if (list.failedMore) {
    return (
      <div role="alert" className="flex flex-wrap items-center justify-center gap-3 py-4 text-13 text-bad-text">
        {texts.end.failed({ what })}
        <Button icon={RefreshCw} busy={list.refreshing} onClick={list.retry}>
          {texts.end.tryAgain}
        </Button>
      </div>
    )
  }
  return list.loadingMore ? (
    <p role="status" className="py-4 text-center text-13 text-text-3">
      {texts.end.loading({ what })}
    </p>
  ) : null
}
