import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AccessChange } from '@/api/types'
import type { AccessSearch } from '@/lib/accessEnds'
import { asksAgain } from './access'
import { REFRESH_MS, STALE } from './client'
import { keys } from './keys'
import { given } from './pages'

export interface Trial {
  accountId: string
  changes: readonly AccessChange[]
  protocol: AccessSearch['protocol']
  port: number | undefined
}

const differenceQuery = (trial: Trial | undefined) =>
  queryOptions({
    queryKey: keys.accessDifference(trial?.accountId, trial),
    queryFn: async ({ signal }) => {
      if (!trial) throw new Error('nothing is tried')
      const { accountId, changes, protocol, port } = trial
      return expectData(await api.POST('/api/access/difference', { body: { accountId, changes: [...changes], ...given({ protocol, port }) }, signal }))
    },
    enabled: trial !== undefined,
    staleTime: STALE.configuration,
    // A network that is being read anew is soon read; whatever else failed is asked again by a press.
    refetchInterval: ({ state }) => (state.data !== undefined ? STALE.configuration : hasSlug(state.error, 'unavailable') ? REFRESH_MS : false),
    retry: (failures, error) => asksAgain(failures, error),
    // What was found of the list before its last change stays, faded, until there is more.
    placeholderData: (before, query) => (query?.queryKey[1] === trial?.accountId ? before : undefined),
  })

/** What would open and close if these changes were made. It only reads: nothing is written anywhere. */
export const useDifference = (trial: Trial | undefined) => useQuery(differenceQuery(trial))
