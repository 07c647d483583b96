import type { InfiniteData } from '@tanstack/react-query'
import type { Page } from '@/api/client'

/** What every endless list shares: cursors as page parameters, pages laid end to end. */
export const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
}

export interface Listing<T> {
  items: T[]
  total: number | null
}

export function flatten<T>(data: InfiniteData<Page<T>>): Listing<T> {
  return { items: data.pages.flatMap((page) => page.items), total: data.pages.at(-1)?.total ?? null }
}

type Given<Query> = { [Key in keyof Query]?: Exclude<Query[Key], undefined> }

/** A query without the parameters that are not set: the API refuses unknown and empty ones. */
export function given<Query extends object>(query: Query): Given<Query> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== '')) as Given<Query>
}
