import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ListDefinition } from './definition'

/** What a list is narrowed to and ordered by. */
export interface ListState {
  search: string
  sort: string | undefined
  filters: Readonly<Record<string, readonly string[]>>
}

export type Change = Record<string, string | readonly string[] | undefined>

export interface ListAddress extends ListState {
  isNarrowed: boolean
  /**
   * Goes on to the changed list, so that Back undoes it; `replace` for what continues the last change. What builds on what is set
   * asks for it as the address has it by then, which the page may not show yet.
   */
  set: (change: Change | ((now: ListState) => Change), options?: { replace?: boolean }) => void
  /** Without any search or filter. */
  clear: () => void
}

type Raw = Readonly<Record<string, unknown>>
type Keys = Pick<ListDefinition<never>, 'sort'> & { filters?: readonly { id: string; elsewhere?: boolean }[] }

const valuesOf = (raw: unknown): readonly string[] => (Array.isArray(raw) ? (raw as string[]) : typeof raw === 'string' && raw !== '' ? [raw] : [])

export function readState(raw: Raw, { filters = [], sort }: Keys): ListState {
  const chosen = filters.map(({ id }) => [id, valuesOf(raw[id])] as const).filter(([, values]) => values.length > 0)
  return {
    search: typeof raw.search === 'string' ? raw.search : '',
    sort: typeof raw.sort === 'string' ? raw.sort : sort,
    filters: Object.fromEntries(chosen),
  }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

/** The search, filters and order of a list, which live in the page's address. */
export function useListAddress(keys: Keys): ListAddress {
  const raw: Raw = useSearch({ strict: false })
  const navigate = useNavigate()
  const state = useMemo(() => readState(raw, keys), [raw, keys])
  const set: ListAddress['set'] = (change, { replace = false } = {}) =>
    void navigate({
      to: '.',
      search: (before: Raw) => {
        const changed = typeof change === 'function' ? change(readState(before, keys)) : change
        return Object.fromEntries(Object.entries({ ...before, ...changed }).filter(([, value]) => isGiven(value)))
      },
      replace,
      resetScroll: false,
    } as Parameters<typeof navigate>[0])
  const own = (keys.filters ?? []).filter(({ elsewhere }) => !elsewhere)
  return {
    ...state,
    isNarrowed: state.search !== '' || own.some(({ id }) => state.filters[id]),
    set,
    clear: () => set({ search: undefined, ...Object.fromEntries(own.map(({ id }) => [id, undefined])) }),
  }
}

/** As text, to compare views by. */
export const written = ({ search, sort, filters }: ListState): string => JSON.stringify([search, sort, Object.entries(filters).sort()])

/** What a filter of two values asks for; both if it is not set. */
export const eitherOf = (values: readonly string[] | undefined): boolean | undefined => (values?.[0] === undefined ? undefined : values[0] === 'true')
