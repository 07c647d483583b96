import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { AccessSearch } from '@/lib/accessEnds'
import { STALE } from './client'
import { given } from './pages'

export interface MatrixQuestion {
  /** The oldest if undefined. */
  accountId: string | undefined
  /** NetBird's ids; if none, those that most rules name. */
  groups: readonly string[] | undefined
  protocol: AccessSearch['protocol']
  port: number | undefined
}

/** Who reaches whom, group by group, in one account. */
export const useAccessMatrix = ({ accountId, groups, protocol, port }: MatrixQuestion) =>
  useQuery({
    queryKey: ['matrix', accountId ?? 'oldest', groups, protocol, port],
    queryFn: async ({ signal }) => expectData(await api.GET('/api/access/matrix', { params: { query: given({ accountId, groups: groups?.join(','), protocol, port }) }, signal })),
    placeholderData: keepPreviousData,
    staleTime: STALE.configuration,
    refetchInterval: STALE.configuration,
  })
