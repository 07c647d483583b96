import { queryOptions, useMutation } from '@tanstack/react-query'
import { expectData, publicApi } from '@/api/client'
import { once } from './entrance'
import { keys } from './keys'

/** An alert by the link of a message: whoever has it need not be signed in. */

export const linkedAlertQuery = (token: string) =>
  queryOptions({
    queryKey: keys.linkedAlert(token),
    queryFn: async ({ signal }) => expectData(await publicApi.POST('/api/alerts/acknowledgement/show', { body: { token }, signal })),
    ...once,
  })

export const useAcknowledgeByLink = () =>
  useMutation({
    mutationFn: async (body: { token: string; message?: string }) => expectData(await publicApi.POST('/api/alerts/acknowledgement', { body })),
  })
