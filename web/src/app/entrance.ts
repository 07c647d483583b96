import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { session } from '@/api/client'
import { localPath } from '@/lib/addresses'
import { understood } from '@/lib/search'
import { entranceClient } from '@/queries/client'
import { setupQuery } from '@/queries/host'
import { lazyPage } from './lazyPage'
import { NotFound } from './NotFound'
import { enterTenantOf } from './tenants'

/** Also while it waits to be signed in again. */
export const isSignedIn = () => 'user' in session.store.getState()

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  staticData: { title: 'Sign in' },
  validateSearch: (raw: Record<string, unknown>) => understood({ next: localPath(raw.next) }),
  beforeLoad: async ({ search }) => {
    if (isSignedIn()) {
      // Judged again where it is followed.
      const next = localPath(search.next) ?? '/'
      const entered = await enterTenantOf(next)
      // What is no tenant of theirs is told of by a page of its own, which a new document begins.
      throw redirect(entered ? { href: next, replace: true } : { href: new URL(next, window.location.origin).href, replace: true })
    }
    const setup = await entranceClient.query({ ...setupQuery, staleTime: 'static' }).catch(() => null)
    if (setup?.required) throw redirect({ to: '/setup', replace: true })
  },
  component: lazyPage(() => import('@/features/sign-in/SignInPage'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  staticData: { title: 'Set up' },
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/', replace: true })
  },
  component: lazyPage(() => import('@/features/setup/SetupPage'), 'SetupPage'),
})

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  staticData: { title: 'Sign up' },
  component: lazyPage(() => import('@/features/sign-up/SignUpPage'), 'SignUpPage'),
})

const verifySignUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up/verify',
  staticData: { title: 'Finish signing up' },
  component: lazyPage(() => import('@/features/sign-up/VerifySignUpPage'), 'VerifySignUpPage'),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  staticData: { title: 'Forgot password' },
  component: lazyPage(() => import('@/features/recovery/ForgotPasswordPage'), 'ForgotPasswordPage'),
})

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  staticData: { title: 'Set a new password' },
  component: lazyPage(() => import('@/features/recovery/ResetPasswordPage'), 'ResetPasswordPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  staticData: { title: 'Invitation' },
  component: lazyPage(() => import('@/features/invitation/InvitationPage'), 'InvitationPage'),
})

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  staticData: { title: 'Confirm your new email' },
  component: lazyPage(() => import('@/features/me/ConfirmEmailPage'), 'ConfirmEmailPage'),
})

const confirmRecipient = createRoute({
  getParentRoute: () => root,
  path: '/confirm-recipient',
  staticData: { title: 'Alerts by mail' },
  component: lazyPage(() => import('@/features/recipient/ConfirmRecipientPage'), 'ConfirmRecipientPage'),
})

const acknowledge = createRoute({
  getParentRoute: () => root,
  path: '/acknowledge',
  staticData: { title: 'Acknowledge alert' },
  component: lazyPage(() => import('@/features/acknowledge/AcknowledgePage'), 'AcknowledgePage'),
})

const ssoName = createRoute({
  getParentRoute: () => root,
  path: '/sso',
  staticData: { title: 'Sign in with SSO' },
  component: lazyPage(() => import('@/features/sign-in/SsoNamePage'), 'SsoNamePage'),
})

const ssoCallback = createRoute({
  getParentRoute: () => root,
  path: '/sso/callback/$tenantId',
  staticData: { title: 'Sign in with SSO' },
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/', replace: true })
  },
  component: lazyPage(() => import('@/features/sign-in/SsoPages'), 'SsoCallbackPage'),
})

const ssoStart = createRoute({
  getParentRoute: () => root,
  path: '/sso/$slug',
  staticData: { title: 'Sign in with SSO' },
  component: lazyPage(() => import('@/features/sign-in/SsoPages'), 'SsoStartPage'),
})

/** What is there without anybody signed in. */
export const ENTRANCE = [signIn, setup, signUp, verifySignUp, forgotPassword, resetPassword, invitation, confirmEmail, confirmRecipient, acknowledge, ssoName, ssoCallback, ssoStart] as const
