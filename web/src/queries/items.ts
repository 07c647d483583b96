import { useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { STALE } from './client'
import { keys } from './keys'
import { given } from './pages'

type ItemKey = 'group' | 'netbirdUser' | 'policy' | 'network' | 'route' | 'nameserverGroup' | 'postureCheck' | 'setupKey'

/** One thing by its id, in the account that is named, or in the first that has it. */
const useItem = <T>(kind: ItemKey, id: string, accountId: string | undefined, ask: (asked: { params: { path: { id: string }; query: { accountId?: string } }; signal: AbortSignal }) => Promise<{ data?: T; error?: unknown; response: Response }>) =>
  useQuery({
    queryKey: keys[kind].one(id, accountId),
    queryFn: async ({ signal }) => expectData(await ask({ params: { path: { id }, query: given({ accountId }) }, signal })),
    staleTime: STALE.configuration,
  })

export const useGroup = (id: string, of: string | undefined) => useItem('group', id, of, (asked) => api.GET('/api/netbird/groups/{id}', asked))

export const useNetbirdUser = (id: string, of: string | undefined) => useItem('netbirdUser', id, of, (asked) => api.GET('/api/netbird/users/{id}', asked))

export const usePolicy = (id: string, of: string | undefined) => useItem('policy', id, of, (asked) => api.GET('/api/netbird/policies/{id}', asked))

export const useNetwork = (id: string, of: string | undefined) => useItem('network', id, of, (asked) => api.GET('/api/netbird/networks/{id}', asked))

export const useRoute = (id: string, of: string | undefined) => useItem('route', id, of, (asked) => api.GET('/api/netbird/routes/{id}', asked))

export const useNameserverGroup = (id: string, of: string | undefined) => useItem('nameserverGroup', id, of, (asked) => api.GET('/api/netbird/nameservers/{id}', asked))

export const usePostureCheck = (id: string, of: string | undefined) => useItem('postureCheck', id, of, (asked) => api.GET('/api/netbird/posture-checks/{id}', asked))

export const useSetupKey = (id: string, of: string | undefined) => useItem('setupKey', id, of, (asked) => api.GET('/api/netbird/setup-keys/{id}', asked))
