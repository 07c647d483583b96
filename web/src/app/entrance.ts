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
  component: lazyPage({ load: () => import('@/features/sign-in/SignInPage'), name: 'SignInPage' }),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  staticData: { title: 'Set up' },
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/', replace: true })
  },
  component: lazyPage({ load: () => import('@/features/setup/SetupPage'), name: 'SetupPage' }),
})

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  staticData: { title: 'Sign up' },
  component: lazyPage({ load: () => import('@/features/sign-up/SignUpPage'), name: 'SignUpPage' }),
})

const verifySignUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up/verify',
  staticData: { title: 'Finish signing up' },
  component: lazyPage({ load: () => import('@/features/sign-up/VerifySignUpPage'), name: 'VerifySignUpPage' }),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  staticData: { title: 'Forgot password' },
  component: lazyPage({ load: () => import('@/features/recovery/ForgotPasswordPage'), name: 'ForgotPasswordPage' }),
})

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  staticData: { title: 'Set a new password' },
  component: lazyPage({ load: () => import('@/features/recovery/ResetPasswordPage'), name: 'ResetPasswordPage' }),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  staticData: { title: 'Invitation' },
  component: lazyPage({ load: () => import('@/features/invitation/InvitationPage'), name: 'InvitationPage' }),
})

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  staticData: { title: 'Confirm your new email' },
  component: lazyPage({ load: () => import('@/features/me/ConfirmEmailPage'), name: 'ConfirmEmailPage' }),
})

const confirmRecipient = createRoute({
  getParentRoute: () => root,
  path: '/confirm-recipient',
  staticData: { title: 'Alerts by mail' },
  component: lazyPage({ load: () => import('@/features/recipient/ConfirmRecipientPage'), name: 'ConfirmRecipientPage' }),
})

const acknowledge = createRoute({
  getParentRoute: () => root,
  path: '/acknowledge',
  staticData: { title: 'Acknowledge alert' },
  component: lazyPage({ load: () => import('@/features/acknowledge/AcknowledgePage'), name: 'AcknowledgePage' }),
})

const ssoName = createRoute({
  getParentRoute: () => root,
  path: '/sso',
  staticData: { title: 'Sign in with SSO' },
  component: lazyPage({ load: () => import('@/features/sign-in/SsoNamePage'), name: 'SsoNamePage' }),
})

const ssoCallback = createRoute({
  getParentRoute: () => root,
  path: '/sso/callback/$tenantId',
  staticData: { title: 'Sign in with SSO' },
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/', replace: true })
  },
  component: lazyPage({ load: () => import('@/features/sign-in/SsoPages'), name: 'SsoCallbackPage' }),
})

const ssoStart = createRoute({
  getParentRoute: () => root,
  path: '/sso/$slug',
  staticData: { title: 'Sign in with SSO' },
  component: lazyPage({ load: () => import('@/features/sign-in/SsoPages'), name: 'SsoStartPage' }),
})

/** What is there without anybody signed in. */
export const ENTRANCE = [signIn, setup, signUp, verifySignUp, forgotPassword, resetPassword, invitation, confirmEmail, confirmRecipient, acknowledge, ssoName, ssoCallback, ssoStart] as const
