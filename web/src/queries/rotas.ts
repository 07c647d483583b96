import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { Rota, RotaInput } from '@/api/types'
import { every, onFocus, outdate, REFRESH_MS } from './client'
import { keys } from './keys'

const rotasQuery = queryOptions({
  queryKey: keys.rotas,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/rotas', { signal })),
  // Who is on call changes with the clock, and one may be made in another tab, for a channel that is written in this one.
  refetchInterval: every(REFRESH_MS),
  refetchOnWindowFocus: (query) => onFocus(query) && 'always',
})

export const useRotas = (enabled = true) => useQuery({ ...rotasQuery, enabled })

const rotaQuery = (id: string) =>
  queryOptions({
    queryKey: keys.rota.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/rotas/{id}', { params: { path: { id } }, signal })),
    refetchInterval: every(REFRESH_MS),
  })

export const useRota = (id: string) => useQuery(rotaQuery(id))

/** A rota as it is loaded into a form: what comes later would overwrite what is typed. */
export const useRotaOnce = (id: string) => useQuery({ ...rotaQuery(id), staleTime: 0, refetchInterval: false, refetchOnWindowFocus: false })

/** With it changes what channels say of where they lead. */
function changed(client: QueryClient) {
  outdate(client, keys.rotas, keys.rota.all, keys.channels, keys.channel.all)
}

export function useCreateRota() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: RotaInput) => expectData(await api.POST('/api/alerts/rotas', { body })),
    onSuccess: () => changed(client),
  })
}

/** Changes the rota as it was seen: whoever saw an older one is told so. */
export function useUpdateRota({ id, version }: Pick<Rota, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: RotaInput) => expectData(await api.PUT('/api/alerts/rotas/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body })),
    onSuccess: (rota) => {
      client.setQueryData(rotaQuery(id).queryKey, rota)
      changed(client)
    },
  })
}

export function useDeleteRota() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/alerts/rotas/{id}', { params: { path: { id } } }))
    },
    onSuccess: (_, id) => {
      client.setQueryData(rotasQuery.queryKey, (rotas) => rotas?.filter((rota) => rota.id !== id))
      client.removeQueries({ queryKey: keys.rota.one(id) })
      void client.invalidateQueries({ queryKey: keys.rotas })
    },
  })
}
