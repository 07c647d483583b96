import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useFailure } from '@/queries/failure'
import type { PagedList } from '@/queries/pagedList'
import { useListAddress, type ListState } from './address'
import type { Filter, ListDefinition } from './definition'

type Telling<T> = Pick<ListDefinition<T>, 'name' | 'columns' | 'filters' | 'more'>

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Whether each word of the search is somewhere in what the row's columns say. */
function isFound<T>(item: T, { name, columns, more = [] }: Telling<T>, search: string): boolean {
  if (search.trim() === '') return true
  const text = plain([name, ...columns, ...more].map((column) => column.text?.(item) ?? '').join('\n'))
  return plain(search.trim()).split(/\s+/).every((word) => text.includes(word))
}

function passes<T>(item: T, filters: readonly Filter<T>[], chosen: ListState['filters']): boolean {
  return filters.every(({ id, of }) => {
    const wanted = chosen[id]
    return wanted === undefined || of === undefined || of(item).some((value) => wanted.includes(value))
  })
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other))
}

/** The rows that fit, in order; equal ones stay as the server sent them. */
export function arrange<T>(items: readonly T[], definition: Telling<T>, { search, sort, filters }: ListState): readonly T[] {
  const kept = items.filter((item) => isFound(item, definition, search) && passes(item, definition.filters ?? [], filters))
  const down = sort?.startsWith('-') ?? false
  const by = [definition.name, ...definition.columns].find((column) => column.sort !== undefined && column.sort === (down ? sort?.slice(1) : sort))?.by
  return by ? kept.sort((one, other) => (down ? -1 : 1) * compare(by(one), by(other))) : kept
}

/** How many of the rows that fit otherwise have each value of a filter. */
export function countValues<T>(items: readonly T[], definition: Telling<T>, state: ListState, id: string): ReadonlyMap<string, number> {
  const others = (definition.filters ?? []).filter((filter) => filter.id !== id)
  const of = definition.filters?.find((filter) => filter.id === id)?.of
  const counts = new Map<string, number>()
  for (const item of items) {
    if (!of || !isFound(item, definition, state.search) || !passes(item, others, state.filters)) continue
    for (const value of of(item)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/** A list that the server sends whole: searched, filtered and sorted here. */
export function useWholeList<T>(query: UseQueryResult<readonly T[]>, definition: ListDefinition<T>): PagedList<T> {
  const { search, sort, filters } = useListAddress(definition)
  const { data } = query
  const error = useFailure(query)
  const items = useMemo(() => data && arrange(data, definition, { search, sort, filters }), [data, definition, search, sort, filters])
  return {
    items,
    total: items?.length ?? null,
    fading: false,
    error,
    updatedAt: query.dataUpdatedAt,
    hasMore: false,
    loadingMore: false,
    failedMore: false,
    retry: () => void query.refetch(),
    refreshing: query.isFetching,
    see: () => undefined,
    more: () => undefined,
    counts: (id) => countValues(data ?? [], definition, { search, sort, filters }, id),
  }
}
