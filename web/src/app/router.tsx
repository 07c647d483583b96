import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, retainSearchParams } from '@tanstack/react-router'
import { session } from '@/api/client'
import { localPath } from '@/lib/addresses'
import { parseSearch, stringifySearch, text, understood } from '@/lib/search'
import { createQueryClient } from '@/queries/client'
import { setupQuery } from '@/queries/host'
import { NotFound } from './NotFound'
import { PageCrashed } from './PageCrashed'
import { alertsSearch, membersSearch, peersSearch, ruleFormSearch, tokensSearch } from './searches'
import { Frame } from './shell/Frame'

export const queryClient = createQueryClient()

const isSignedIn = () => session.store.getState().status === 'signed-in'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  staticData: { title: 'Sign in' },
  validateSearch: (raw: Record<string, unknown>) => understood({ next: localPath(raw.next) }),
  beforeLoad: async ({ search }) => {
    // Judged again where it is followed.
    if (isSignedIn()) throw redirect({ href: localPath(search.next) ?? '/', replace: true })
    const setup = await queryClient.query({ ...setupQuery, staleTime: 'static' }).catch(() => null)
    if (setup?.required) throw redirect({ to: '/setup', replace: true })
  },
  component: lazyRouteComponent(() => import('@/features/sign-in/SignInPage'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  staticData: { title: 'Set up' },
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/', replace: true })
  },
  component: lazyRouteComponent(() => import('@/features/setup/SetupPage'), 'SetupPage'),
})

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  staticData: { title: 'Sign up' },
  component: lazyRouteComponent(() => import('@/features/sign-up/SignUpPage'), 'SignUpPage'),
})

const verifySignUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up/verify',
  staticData: { title: 'Finish signing up' },
  component: lazyRouteComponent(() => import('@/features/sign-up/VerifySignUpPage'), 'VerifySignUpPage'),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  staticData: { title: 'Forgot password' },
  component: lazyRouteComponent(() => import('@/features/recovery/ForgotPasswordPage'), 'ForgotPasswordPage'),
})

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  staticData: { title: 'Set a new password' },
  component: lazyRouteComponent(() => import('@/features/recovery/ResetPasswordPage'), 'ResetPasswordPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  staticData: { title: 'Invitation' },
  component: lazyRouteComponent(() => import('@/features/invitation/InvitationPage'), 'InvitationPage'),
})

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  staticData: { title: 'Confirm your new email' },
  component: lazyRouteComponent(() => import('@/features/me/ConfirmEmailPage'), 'ConfirmEmailPage'),
})

const confirmRecipient = createRoute({
  getParentRoute: () => root,
  path: '/confirm-recipient',
  staticData: { title: 'Alerts by mail' },
  component: lazyRouteComponent(() => import('@/features/recipient/ConfirmRecipientPage'), 'ConfirmRecipientPage'),
})

const ssoName = createRoute({
  getParentRoute: () => root,
  path: '/sso',
  staticData: { title: 'Sign in with SSO' },
  component: lazyRouteComponent(() => import('@/features/sign-in/SsoNamePage'), 'SsoNamePage'),
})

const ssoCallback = createRoute({
  getParentRoute: () => root,
  path: '/sso/callback/$tenantId',
  staticData: { title: 'Sign in with SSO' },
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/', replace: true })
  },
  component: lazyRouteComponent(() => import('@/features/sign-in/SsoPages'), 'SsoCallbackPage'),
})

const ssoStart = createRoute({
  getParentRoute: () => root,
  path: '/sso/$slug',
  staticData: { title: 'Sign in with SSO' },
  component: lazyRouteComponent(() => import('@/features/sign-in/SsoPages'), 'SsoStartPage'),
})

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  validateSearch: (raw: Record<string, unknown>) => understood({ account: text(raw.account) }),
  search: { middlewares: [retainSearchParams(['account'])] },
  beforeLoad: ({ location }) => {
    if (!isSignedIn()) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href }, replace: true })
  },
  component: Frame,
})

const overview = createRoute({
  getParentRoute: () => frame,
  path: '/',
  staticData: { title: 'Overview' },
  component: lazyRouteComponent(() => import('@/features/overview/OverviewPage'), 'OverviewPage'),
})

const peers = createRoute({
  getParentRoute: () => frame,
  path: '/peers',
  staticData: { title: 'Peers' },
  validateSearch: peersSearch,
  component: lazyRouteComponent(() => import('@/features/peers/PeersPage'), 'PeersPage'),
})

const events = createRoute({
  getParentRoute: () => frame,
  path: '/events',
  staticData: { title: 'Events' },
  component: lazyRouteComponent(() => import('@/features/events/EventsPage'), 'EventsPage'),
})

const alerts = createRoute({
  getParentRoute: () => frame,
  path: '/alerts',
  staticData: { title: 'Alerts' },
  validateSearch: alertsSearch,
  component: lazyRouteComponent(() => import('@/features/alerts/AlertsPage'), 'AlertsPage'),
})

const alert = createRoute({
  getParentRoute: () => frame,
  path: '/alerts/$alertId',
  staticData: { title: 'Alert', parent: { title: 'Alerts', to: '/alerts' } },
  component: lazyRouteComponent(() => import('@/features/alerts/AlertPage'), 'AlertPage'),
})

const rules = createRoute({
  getParentRoute: () => frame,
  path: '/rules',
  staticData: { title: 'Rules' },
  component: lazyRouteComponent(() => import('@/features/rules/RulesPage'), 'RulesPage'),
})

const newRule = createRoute({
  getParentRoute: () => frame,
  path: '/rules/new',
  staticData: { title: 'New rule', parent: { title: 'Rules', to: '/rules' } },
  validateSearch: ruleFormSearch,
  component: lazyRouteComponent(() => import('@/features/rules/NewRulePage'), 'NewRulePage'),
})

const SETTINGS = { title: 'Settings', to: '/settings' } as const

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('./shell/SettingsFrame'), 'SettingsFrame'),
})

const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile', replace: true })
  },
})

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  staticData: { title: 'Profile', parent: SETTINGS },
  component: lazyRouteComponent(() => import('@/features/me/ProfilePage'), 'ProfilePage'),
})

const security = createRoute({
  getParentRoute: () => settings,
  path: '/security',
  staticData: { title: 'Security', parent: SETTINGS },
  component: lazyRouteComponent(() => import('@/features/me/SecurityPage'), 'SecurityPage'),
})

const sessions = createRoute({
  getParentRoute: () => settings,
  path: '/sessions',
  staticData: { title: 'Sessions', parent: SETTINGS },
  component: lazyRouteComponent(() => import('@/features/me/SessionsPage'), 'SessionsPage'),
})

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  staticData: { title: 'API tokens', parent: SETTINGS },
  validateSearch: tokensSearch,
  component: lazyRouteComponent(() => import('@/features/tokens/TokensPage'), 'TokensPage'),
})

const newToken = createRoute({
  getParentRoute: () => settings,
  path: '/tokens/new',
  staticData: { title: 'New API token', parent: { title: 'API tokens', to: '/settings/tokens' } },
  component: lazyRouteComponent(() => import('@/features/tokens/NewTokenPage'), 'NewTokenPage'),
})

const members = createRoute({
  getParentRoute: () => settings,
  path: '/members',
  staticData: { title: 'Members', parent: SETTINGS },
  validateSearch: membersSearch,
  component: lazyRouteComponent(() => import('@/features/members/MembersPage'), 'MembersPage'),
})

const roles = createRoute({
  getParentRoute: () => settings,
  path: '/roles',
  staticData: { title: 'Roles', parent: SETTINGS },
  component: lazyRouteComponent(() => import('@/features/members/RolesPage'), 'RolesPage'),
})

const tenant = createRoute({
  getParentRoute: () => settings,
  path: '/tenant',
  staticData: { title: 'Tenant', parent: SETTINGS },
  component: lazyRouteComponent(() => import('@/features/tenant/TenantPage'), 'TenantPage'),
})

const singleSignOn = createRoute({
  getParentRoute: () => settings,
  path: '/sso',
  staticData: { title: 'Single sign-on', parent: SETTINGS },
  component: lazyRouteComponent(() => import('@/features/tenant/SsoPage'), 'SsoPage'),
})

const accounts = createRoute({
  getParentRoute: () => settings,
  path: '/accounts',
  staticData: { title: 'NetBird accounts', parent: SETTINGS },
  component: lazyRouteComponent(() => import('@/features/accounts/AccountsPage'), 'AccountsPage'),
})

const connect = createRoute({
  getParentRoute: () => frame,
  path: '/settings/accounts/connect',
  staticData: { title: 'Connect an account', parent: { title: 'NetBird accounts', to: '/settings/accounts' } },
  component: lazyRouteComponent(() => import('@/features/accounts/ConnectPage'), 'ConnectPage'),
})

const mails = createRoute({
  getParentRoute: () => frame,
  path: '/settings/mail',
  staticData: { title: 'Mail', parent: SETTINGS },
  validateSearch: (raw: Record<string, unknown>) => understood({ file: text(raw.file) }),
  component: lazyRouteComponent(() => import('@/features/mail/MailPage'), 'MailPage'),
})

const lost = createRoute({
  getParentRoute: () => frame,
  path: '$',
  staticData: { title: 'Not found' },
  component: NotFound,
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    signUp,
    verifySignUp,
    forgotPassword,
    resetPassword,
    invitation,
    confirmEmail,
    confirmRecipient,
    ssoName,
    ssoCallback,
    ssoStart,
    frame.addChildren([
      overview,
      peers,
      events,
      alerts,
      alert,
      rules,
      newRule,
      settings.addChildren([settingsStart, profile, security, sessions, tokens, newToken, members, roles, tenant, singleSignOn, accounts]),
      connect,
      mails,
      lost,
    ]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: PageCrashed,
  scrollRestoration: true,
  // The default falls back to the whole address, which may still hold a link's token.
  getScrollRestorationKey: ({ pathname, state }) => state.__TSR_key ?? pathname,
})

/** Loads the code of the page at the present address while the session is still being restored. */
export function preloadPage(): void {
  const [routes] = router.getMatchedRoutes(window.location.pathname)
  // What fails here is asked for again by the navigation, which also shows the failure.
  for (const route of routes) router.loadRouteChunk(route)?.catch(() => undefined)
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    /** The page's name in the header and in the window's title. */
    title?: string
    parent?: { title: string; to: '/alerts' | '/rules' | '/settings' | '/settings/accounts' | '/settings/tokens' }
  }
}
