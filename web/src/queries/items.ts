import { useQuery } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import { STALE } from './client'
import { given } from './pages'

/** One thing by its id, in the account that is named, or in the first that has it. */
const useItem = <T>(kind: string, id: string, accountId: string | undefined, ask: (asked: { params: { path: { id: string }; query: { accountId?: string } }; signal: AbortSignal }) => Promise<{ data?: T; error?: unknown; response: Response }>) =>
  useQuery({
    queryKey: [kind, accountId ?? 'any', id],
    queryFn: async ({ signal }) => expectData(await ask({ params: { path: { id }, query: given({ accountId }) }, signal })),
    staleTime: STALE.configuration,
  })

export const useGroup = (id: string, of: string | undefined) => useItem('group', id, of, (asked) => api.GET('/api/netbird/groups/{id}', asked))

export const useNetbirdUser = (id: string, of: string | undefined) => useItem('netbird-user', id, of, (asked) => api.GET('/api/netbird/users/{id}', asked))

export const usePolicy = (id: string, of: string | undefined) => useItem('policy', id, of, (asked) => api.GET('/api/netbird/policies/{id}', asked))

export const useNetwork = (id: string, of: string | undefined) => useItem('network', id, of, (asked) => api.GET('/api/netbird/networks/{id}', asked))

export const useRoute = (id: string, of: string | undefined) => useItem('route', id, of, (asked) => api.GET('/api/netbird/routes/{id}', asked))

export const useNameserverGroup = (id: string, of: string | undefined) => useItem('nameserver-group', id, of, (asked) => api.GET('/api/netbird/nameservers/{id}', asked))

export const usePostureCheck = (id: string, of: string | undefined) => useItem('posture-check', id, of, (asked) => api.GET('/api/netbird/posture-checks/{id}', asked))

export const useSetupKey = (id: string, of: string | undefined) => useItem('setup-key', id, of, (asked) => api.GET('/api/netbird/setup-keys/{id}', asked))
