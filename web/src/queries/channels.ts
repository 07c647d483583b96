import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { Channel, ChannelInput, RotateSigningSecret } from '@/api/types'
import { every, onFocus, outdate, REFRESH_MS } from './client'
import { keys } from './keys'

const channelsQuery = queryOptions({
  queryKey: keys.channels,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/channels', { signal })),
  // One may be made in another tab, for a rule that is written in this one.
  refetchInterval: every(REFRESH_MS),
  refetchOnWindowFocus: (query) => onFocus(query) && 'always',
})

export const useChannels = (enabled = true) => useQuery({ ...channelsQuery, enabled })

const channelQuery = (id: string) =>
  queryOptions({
    queryKey: keys.channel.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/channels/{id}', { params: { path: { id } }, signal })),
    refetchInterval: every(REFRESH_MS),
  })

export const useChannel = (id: string) => useQuery(channelQuery(id))

/** A channel as it is loaded into a form: what comes later would overwrite what is typed. */
export const useChannelOnce = (id: string) => useQuery({ ...channelQuery(id), staleTime: 0, refetchInterval: false, refetchOnWindowFocus: false })

/** With it changes what rules say of whom they tell, and who is asked whether they want its mail. */
function changed(client: QueryClient) {
  outdate(client, keys.channels, keys.channel.all, keys.rules, keys.rule.all, keys.recipients, keys.deliveries.all)
}

export function useCreateChannel() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: ChannelInput) => expectData(await api.POST('/api/alerts/channels', { body })),
    onSuccess: () => changed(client),
  })
}

/** Changes the channel as it was seen: whoever saw an older one is told so. */
export function useUpdateChannel({ id, version }: Pick<Channel, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: ChannelInput) =>
      expectData(await api.PUT('/api/alerts/channels/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body })),
    onSuccess: (channel) => {
      // A signing secret that was made is for the form alone.
      client.setQueryData(channelsQuery.queryKey, (channels) => channels?.map((other) => (other.id === id ? { ...other, enabled: channel.enabled, version: channel.version } : other)))
      changed(client)
    },
  })
}

/** Another signing secret, which is for whoever asked for it alone, or the end of the old one; of the channel as it was seen. */
export function useRotateChannelSecret({ id, version }: Pick<Channel, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: RotateSigningSecret) =>
      expectData(await api.POST('/api/alerts/channels/{id}/signing-secret', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body })),
    onSuccess: () => changed(client),
  })
}

/** Sends a message at once, as the channel is saved; what the receiver answers is the result. */
export const useSendChannelTest = () =>
  useMutation({
    mutationFn: async (id: string) => expectData(await api.POST('/api/alerts/channels/{id}/send-test', { params: { path: { id } } })),
  })

export function useDeleteChannel() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/alerts/channels/{id}', { params: { path: { id } } }))
    },
    onSuccess: (_, id) => {
      client.setQueryData(channelsQuery.queryKey, (channels) => channels?.filter((channel) => channel.id !== id))
      client.removeQueries({ queryKey: keys.channel.one(id) })
      void client.invalidateQueries({ queryKey: keys.channels })
    },
  })
}
