import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { hasSlug } from '@/api/problem'
import { writeEnd, type AccessSearch, type End } from '@/lib/accessEnds'
import { mayRetry, MINUTE, retryDelay, STALE } from './client'
import { findFirst } from './found'
import { keys } from './keys'
import { given } from './pages'

/** A whole question: what the API answers. */
export interface Question {
  accountId: string
  from: End
  to: End
  protocol: AccessSearch['protocol']
  port: number | undefined
}

/** So long is waited for a network that is being read anew; syncs are further apart only where somebody made them so. */
const LONGEST_READING_MS = 2 * MINUTE
const READINGS = 4

/** Whether it is asked again without anybody's doing. */
export function asksAgain(failures: number, error: unknown): boolean {
  if (!hasSlug(error, 'unavailable')) return mayRetry(failures, error)
  return failures < READINGS && retryDelay(failures, error) <= LONGEST_READING_MS
}

/** Whether the one reaches the other, as of the last sync; asked as often as configuration is. */
export const useAccessCheck = (question: Question | undefined) =>
  useQuery({
    queryKey: keys.accessCheck(question),
    queryFn: async ({ signal, client }) => {
      if (!question) throw new Error('nothing is asked')
      const { accountId, from, to, protocol, port } = question
      const answer = expectData(await api.GET('/api/access/check', { params: { query: { accountId, from: writeEnd(from), to: writeEnd(to), ...given({ protocol, port }) } }, signal }))
      // The next question has them from the beginning.
      if (from.kind !== 'any') client.setQueryData(keys.name(accountId, from), answer.from.name)
      if (to.kind !== 'any') client.setQueryData(keys.name(accountId, to), answer.to.name)
      return answer
    },
    enabled: question !== undefined,
    staleTime: STALE.configuration,
    // What failed is asked again by a press alone, but for what `retry` does.
    refetchInterval: ({ state }) => (state.data === undefined ? false : STALE.configuration),
    retry: (failures, error) => asksAgain(failures, error),
  })

/** What an account has that can be asked about, for somebody who does not know where to begin. */
const startsQuery = (accountId: string) =>
  queryOptions({
    queryKey: keys.accessStarts(accountId),
    queryFn: async ({ signal }) => {
      const [groups, resources] = await Promise.all([
        api.GET('/api/netbird/groups', { params: { query: { accountId, sort: '-peersCount', limit: 5 } }, signal }).then(expectData),
        // Groups alone are enough to begin with.
        findFirst('resource', { accountId }, signal).catch(() => []),
      ])
      return { groups: groups.filter(({ peersCount }) => peersCount > 0), resource: resources[0] }
    },
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

export const useStarts = (accountId: string) => useQuery(startsQuery(accountId))
