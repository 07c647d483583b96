import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData, publicApi } from '@/api/client'
import { once } from './entrance'
import { keys } from './keys'

/** Whom rules write to and who is not a member: they are asked once whether they want it. */

const recipientsQuery = queryOptions({
  queryKey: keys.recipients,
  queryFn: async ({ signal }) => expectData(await api.GET('/api/alerts/recipients', { signal })),
})

export const useRecipients = () => useQuery(recipientsQuery)

export function useResendRequest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      expectData(await api.POST('/api/alerts/recipients/{id}/confirmation', { params: { path: { id } } }))
    },
    // A refusal too: they may have answered meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: keys.recipients }),
  })
}

export const recipientRequestQuery = (token: string) =>
  queryOptions({
    queryKey: keys.recipientRequest(token),
    queryFn: async ({ signal }) => expectData(await publicApi.POST('/api/recipients/show', { body: { token }, signal })),
    ...once,
  })

export const useAnswerRequest = () =>
  useMutation({
    mutationFn: async (body: { token: string; accept: boolean }) => {
      expectData(await publicApi.POST('/api/recipients/answer', { body }))
    },
  })
