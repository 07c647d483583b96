import type { SavedView } from '@/lib/preferences'
import { written, type Change, type ListState } from './address'

/** A list's state as an address has it. */
export function addressOf({ search, sort, filters }: ListState): SavedView['address'] {
  return { ...filters, ...(search !== '' && { search }), ...(sort !== undefined && { sort }) }
}

const stateOf = ({ search, sort, ...filters }: SavedView['address']): ListState => ({
  search: typeof search === 'string' ? search : '',
  sort: typeof sort === 'string' ? sort : undefined,
  filters: filters as ListState['filters'],
})

/** The saved view that the list shows. */
export const viewAt = (views: readonly SavedView[], state: ListState): SavedView | undefined => views.find(({ address }) => written(stateOf(address)) === written(state))

/** What leads from one view to a saved one: what that has not is taken away. */
export function changeTo({ address }: SavedView, { filters }: ListState): Change {
  return { search: undefined, sort: undefined, ...Object.fromEntries(Object.keys(filters).map((id) => [id, undefined])), ...address }
}
