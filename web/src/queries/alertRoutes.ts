import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, expectData } from '@/api/client'
import type { AlertRoute, AlertRouteInput } from '@/api/types'
import { outdate, STALE } from './client'
import { keys } from './keys'

const routesQuery = queryOptions({
  queryKey: keys.alertRoutes,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/routes', { signal })),
  staleTime: STALE.configuration,
})

/** By what alerts are told to more than the channels of their rule. */
export const useAlertRoutes = (enabled = true) => useQuery({ ...routesQuery, enabled })

const routeQuery = (id: string) =>
  queryOptions({
    queryKey: keys.alertRoute.one(id),
    queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/routes/{id}', { params: { path: { id } }, signal })),
  })

export const useAlertRoute = (id: string) => useQuery(routeQuery(id))

/** A route as it is loaded into a form: what comes later would overwrite what is typed. */
export const useAlertRouteOnce = (id: string) => useQuery({ ...routeQuery(id), staleTime: 0, refetchInterval: false, refetchOnWindowFocus: false })

/** With it changes what channels say of who uses them. */
function changed(client: QueryClient) {
  outdate(client, keys.alertRoutes, keys.alertRoute.all, keys.channels, keys.channel.all)
}

export function useCreateAlertRoute() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AlertRouteInput) => expectData(await api.POST('/api/alerts/routes', { body })),
    onSuccess: () => changed(client),
  })
}

/** Changes the route as it was seen: whoever saw an older one is told so. */
export function useUpdateAlertRoute({ id, version }: Pick<AlertRoute, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AlertRouteInput) => expectData(await api.PUT('/api/alerts/routes/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body })),
    onSuccess: (route) => {
      client.setQueryData(routesQuery.queryKey, (routes) => routes?.map((other) => (other.id === id ? route : other)))
      client.setQueryData(routeQuery(id).queryKey, route)
      changed(client)
    },
  })
}

export function useDeleteAlertRoute() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.DELETE('/api/alerts/routes/{id}', { params: { path: { id } } }))
    },
    onSuccess: (_, id) => {
      client.setQueryData(routesQuery.queryKey, (routes) => routes?.filter((route) => route.id !== id))
      client.removeQueries({ queryKey: keys.alertRoute.one(id) })
      changed(client)
    },
  })
}
