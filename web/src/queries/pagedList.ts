import { useQueries, type QueryKey } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Page } from '@/api/client'
import type { ReadFile } from './files'
import { onFocus, refreshAfter, STALE } from './client'
import { useFailure } from './failure'
import { pageOf } from './keys'

/** Loaded rows from this many before the end on are followed by the next page. */
const AHEAD = 30

interface PagedListOptions<T> {
  /** Names what is listed: another key starts over. */
  queryKey: QueryKey
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>
  /** All of it as a file, where the server gives one. */
  file?: ReadFile
  /** Ids that are unique in the list: a row that moved between two pages is shown once. */
  idOf: (item: T) => string
  staleTime?: number
}

export interface PagedList<T> {
  /** What is loaded, in order; of the view before while `fading`. Undefined until something is. */
  items: readonly T[] | undefined
  /** How many there are in all, or null when the server did not say. */
  total: number | null
  fading: boolean
  error: Error | null
  /** When the first page was read, in milliseconds since 1970. */
  updatedAt: number
  hasMore: boolean
  loadingMore: boolean
  /** The next page could not be read: nothing more is asked for until `retry`. */
  failedMore: boolean
  retry: () => void
  refreshing: boolean
  /** Says which rows are on screen: only their pages are refreshed, and the next one is read when its end is near. */
  see: (first: number, last: number) => void
  more: () => void
  /** All of it as a file, where the server gives one. */
  file?: ReadFile | undefined
  /** How many rows have each value of a filter, where all of them are here. */
  counts?: (filter: string) => ReadonlyMap<string, number>
}

interface View {
  key: string
  /** Where each page begins, as far as pages were asked for. */
  cursors: (string | undefined)[]
  seen: readonly [first: number, last: number]
}

const FIRST: Omit<View, 'key'> = { cursors: [undefined], seen: [0, 0] }

/**
 * A list of any length, page by page. At most one page is asked for beyond those on screen, and a refresh asks for those
 * on screen alone. Where a page begins is fixed when it is first read, so that a refresh of one leads to no other.
 */
export function usePagedList<T>({ queryKey, fetchPage, file, idOf, staleTime = STALE.usual }: PagedListOptions<T>): PagedList<T> {
  const key = JSON.stringify(queryKey)
  const [held, setHeld] = useState<View>({ key, ...FIRST })
  const view = held.key === key ? held : { key, ...FIRST }
  const change = (part: Partial<View>) => setHeld({ ...view, ...part })
  const isSeen = (page: number) => page >= view.seen[0] && page <= view.seen[1]

  const pages = useQueries({
    queries: view.cursors.map((cursor, page) => ({
      queryKey: pageOf(queryKey, cursor),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(cursor, signal),
      staleTime,
      refetchInterval: isSeen(page) ? refreshAfter : (false as const),
      refetchOnWindowFocus: isSeen(page) && onFocus,
    })),
  })

  // What comes on screen again is refreshed if it is old by now.
  const stale = pages.findIndex(({ isStale, isFetching, isError, data }, page) => isSeen(page) && data !== undefined && isStale && !isFetching && !isError)
  const seen = view.seen.join()
  useEffect(() => {
    if (stale >= 0) void pages[stale]?.refetch()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what newly comes on screen
  }, [seen])

  const [first] = pages
  const failure = useFailure(first)
  const last = pages.at(-1)
  const next = last?.data?.next ?? undefined
  const known = first?.data !== undefined
  const { items, loaded } = useRows(pages.map(({ data }) => data), known, idOf)

  const more = () => {
    if (next !== undefined && last?.isSuccess) change({ cursors: [...view.cursors, next] })
  }
  const see = (firstRow: number, lastRow: number) => {
    const range = [pageAt(pages, firstRow), pageAt(pages, lastRow)] as const
    const endIsNear = lastRow >= loaded - AHEAD && next !== undefined && last?.isSuccess === true
    if (range.join() === seen && !endIsNear) return
    change({ seen: range, ...(endIsNear && { cursors: [...view.cursors, next] }) })
  }
  // A page may have nothing of what is asked for, though later ones do: no list says that there is nothing before its end.
  const goesOn = known && loaded === 0 && next !== undefined
  if (goesOn && last?.isSuccess === true) more()
  const failedMore = pages.length > 1 && last?.data === undefined && last?.isError === true
  return {
    items: loaded === 0 && known && (goesOn || last?.data === undefined) ? undefined : items,
    total: first?.data?.total ?? null,
    fading: !known && items !== undefined,
    error: known ? (pages.find(({ isError }, page) => isError && (loaded === 0 || isSeen(page)))?.error ?? null) : failure,
    updatedAt: first?.dataUpdatedAt ?? 0,
    hasMore: next !== undefined || last?.data === undefined,
    loadingMore: pages.length > 1 && last?.data === undefined && last?.isFetching === true,
    failedMore,
    retry: () => void (failedMore ? last : (pages.find(({ isError }) => isError) ?? first))?.refetch(),
    refreshing: pages.some(({ isFetching }) => isFetching),
    see,
    more,
    file,
  }
}

/** The rows of all pages, the same array while nothing of them changes; those of the view before until a first page is there. */
function useRows<T>(pages: readonly (Page<T> | undefined)[], known: boolean, idOf: (item: T) => string) {
  const [held, setHeld] = useState<{ pages: typeof pages; items: readonly T[] | undefined }>({ pages: [], items: undefined })
  const isSame = pages.length === held.pages.length && pages.every((page, index) => page === held.pages[index])
  if (!known || isSame) return { items: held.items, loaded: held.items?.length ?? 0 }
  const items = unique(pages.flatMap((page) => page?.items ?? []), idOf)
  setHeld({ pages, items })
  return { items, loaded: items.length }
}

/** Which page a row is on. */
function pageAt<T>(pages: readonly { data: Page<T> | undefined }[], row: number): number {
  let end = 0
  for (const [page, { data }] of pages.entries()) {
    end += data?.items.length ?? 0
    if (row < end) return page
  }
  return Math.max(0, pages.length - 1)
}

function unique<T>(items: readonly T[], idOf: (item: T) => string): readonly T[] {
  const ids = new Set<string>()
  const found = items.filter((item) => {
    const id = idOf(item)
    return !ids.has(id) && ids.add(id)
  })
  return found.length === items.length ? items : found
}
