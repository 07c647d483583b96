import { useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { STALE } from './client'
import { keys } from './keys'
import { given } from './pages'

/** What stands out in one account's configuration; without an account, in the oldest's. */
export const useFindings = (accountId: string | undefined) =>
  useQuery({
    queryKey: keys.findings.of(accountId),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/access/findings', { params: { query: given({ accountId }) }, signal })),
    staleTime: STALE.configuration,
  })
