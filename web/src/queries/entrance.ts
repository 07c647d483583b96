import { queryOptions, useMutation } from '@tanstack/react-query'
import { expectData, publicApi, session } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AcceptInvitation, SignUp, SsoAnswer } from '@/api/types'
import { keys } from './keys'

/** What needs no session: the ways into the app. */

export const useSignUp = () =>
  useMutation({
    mutationFn: async (body: SignUp) => {
      expectData(await publicApi.POST('/api/auth/sign-up', { body }))
    },
  })

export const useVerifySignUp = () =>
  useMutation({
    mutationFn: async (body: { token: string; password: string }) => expectData(await publicApi.POST('/api/auth/sign-up/verify', { body })),
  })

export const useForgotPassword = () =>
  useMutation({
    mutationFn: async (email: string) => {
      expectData(await publicApi.POST('/api/auth/password/forgot', { body: { email } }))
    },
  })

export const useResetPassword = () =>
  useMutation({
    mutationFn: async (body: { token: string; password: string }) => {
      expectData(await publicApi.POST('/api/auth/password/reset', { body }))
    },
  })

export const useConfirmEmail = () =>
  useMutation({ mutationFn: async (token: string) => expectData(await publicApi.POST('/api/auth/email/confirm', { body: { token } })) })

/** What is asked once, when its page opens, and never again by itself. */
export const once = { staleTime: Infinity, gcTime: 0, refetchInterval: false, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false } as const

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: keys.invitation(token),
    queryFn: async ({ signal }) => expectData(await publicApi.POST('/api/auth/invitation', { body: { token }, signal })),
    ...once,
  })

export const useAcceptInvitation = (onSecondFactor: () => void) =>
  useMutation({
    mutationFn: async (body: AcceptInvitation) => expectData(await publicApi.POST('/api/auth/invitation/accept', { body })),
    onError: (error) => {
      if (hasSlug(error, 'second-factor-required')) onSecondFactor()
    },
  })

/** A query, so that one visit starts one sign-in, however often the page renders. */
export const startSsoQuery = (slug: string) =>
  queryOptions({
    queryKey: keys.ssoStart(slug),
    queryFn: async () => expectData(await publicApi.POST('/api/auth/sso/start', { body: { slug } })).authorizationUrl,
    ...once,
  })

/** A query too: the provider's code works once. */
export const finishSsoQuery = (answer: SsoAnswer) =>
  queryOptions({
    queryKey: keys.ssoFinish(answer.state),
    queryFn: async () => {
      await session.finishSso(answer)
      return true
    },
    ...once,
  })
