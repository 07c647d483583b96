import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { PreviewSilence, Silence, SilenceInput } from '@/api/types'
import { every, outdate, REFRESH_MS } from './client'
import { keys } from './keys'

const silencesQuery = queryOptions({
  queryKey: keys.silences,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/silences', { signal })),
  // Where they stand changes with the clock.
  refetchInterval: every(REFRESH_MS),
})

export const useSilences = () => useQuery(silencesQuery)

const silenceQuery = (id: string) =>
  queryOptions({
    queryKey: keys.silence.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/silences/{id}', { params: { path: { id } }, signal })),
    refetchInterval: every(REFRESH_MS),
  })

export const useSilence = (id: string) => useQuery(silenceQuery(id))

/** A silence as it is loaded into a form: what comes later would overwrite what is typed. */
export const useSilenceOnce = (id: string) => useQuery({ ...silenceQuery(id), staleTime: 0, refetchInterval: false, refetchOnWindowFocus: false })

/** What a silence would mute; of what the API refuses the form tells when it is sent. */
export const useSilencePreview = (body: PreviewSilence | undefined) =>
  useQuery({
    queryKey: keys.silencePreview(body),
    enabled: body !== undefined,
    queryFn: async ({ signal }) => expectData(await api.POST('/api/alerts/silences/preview', { body: body ?? { matchers: {}, endsAt: '' }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  })

/** A change of a silence reaches alerts, too: what it held may be open. */
function changed(client: QueryClient) {
  outdate(client, keys.silences, keys.silence.all, keys.overview.all, keys.alerts.all, keys.alert.all)
}

export function useCreateSilence() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: SilenceInput) => expectData(await api.POST('/api/alerts/silences', { body })),
    onSuccess: () => changed(client),
  })
}

/** Changes the silence as it was seen: whoever saw an older one is told so. */
export function useUpdateSilence({ id, version }: Pick<Silence, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: SilenceInput) =>
      expectData(await api.PUT('/api/alerts/silences/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body })),
    onSuccess: () => changed(client),
  })
}

export function useEndSilence() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => expectData(await api.POST('/api/alerts/silences/{id}/end', { params: { path: { id } } })),
    onSuccess: (silence) => {
      client.setQueryData(silenceQuery(silence.id).queryKey, silence)
      changed(client)
    },
  })
}

export function useDeleteSilence() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/alerts/silences/{id}', { params: { path: { id } } }))
    },
    onSuccess: (_, id) => {
      client.setQueryData(silencesQuery.queryKey, (silences) => silences?.filter((silence) => silence.id !== id))
      client.removeQueries({ queryKey: keys.silence.one(id) })
      outdate(client, keys.silences, keys.overview.all, keys.alerts.all, keys.alert.all)
    },
  })
}
