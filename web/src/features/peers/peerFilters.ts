import { getRouteApi } from '@tanstack/react-router'
import { useAccountFilter } from '@/components/accountFilter'
import type { PeerStatus } from '@/api/types'
import type { PeerFilters as PeersQueryFilters } from '@/queries/peers'

const route = getRouteApi('/frame/peers')

export interface FilterValues {
  search?: string | undefined
  status?: PeerStatus[] | undefined
  group?: string | undefined
  os?: string | undefined
}

export interface PeerFilters extends FilterValues {
  /** The same as the API takes it. */
  query: PeersQueryFilters
  isSet: boolean
  set: (change: FilterValues) => void
  clear: () => void
}

/** The filters of the list, which live in the page's address. */
export function usePeerFilters(): PeerFilters {
  const { search, status, group, os } = route.useSearch()
  const accountId = useAccountFilter()
  const navigate = route.useNavigate()
  const set = (change: FilterValues) =>
    void navigate({
      search: (before) => {
        const next = { ...before, ...change }
        return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)))
      },
      replace: true,
      resetScroll: false,
    })
  return {
    search,
    status,
    group,
    os,
    query: {
      ...(search && { search }),
      ...(status && { status: status.join(',') }),
      ...(group && { group }),
      ...(os && { os }),
      ...(accountId && { accountId }),
    },
    isSet: Boolean(search ?? status ?? group ?? os),
    set,
    clear: () => set({ search: undefined, status: undefined, group: undefined, os: undefined }),
  }
}
