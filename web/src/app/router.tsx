import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, retainSearchParams } from '@tanstack/react-router'
import { session } from '@/api/client'
import { localPath, compact, parseSearch, stringifySearch, text } from '@/lib/search'
import { createQueryClient } from '@/queries/client'
import { setupQuery } from '@/queries/host'
import { NotFound } from './NotFound'
import { PageCrashed } from './PageCrashed'
import { alertsSearch, peersSearch, ruleFormSearch } from './searches'
import { Frame } from './shell/Frame'

export const queryClient = createQueryClient()

const isSignedIn = () => session.store.getState().status === 'signed-in'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  staticData: { title: 'Sign in' },
  validateSearch: (raw: Record<string, unknown>) => compact({ next: localPath(raw.next) }),
  beforeLoad: async ({ search }) => {
    if (isSignedIn()) throw redirect({ href: search.next ?? '/', replace: true })
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

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  validateSearch: (raw: Record<string, unknown>) => compact({ account: text(raw.account) }),
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

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/accounts', replace: true })
  },
})

const accounts = createRoute({
  getParentRoute: () => frame,
  path: '/settings/accounts',
  staticData: { title: 'NetBird accounts', parent: { title: 'Settings', to: '/settings/accounts' } },
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
  staticData: { title: 'Mail', parent: { title: 'Settings', to: '/settings/accounts' } },
  validateSearch: (raw: Record<string, unknown>) => compact({ file: text(raw.file) }),
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
    frame.addChildren([overview, peers, events, alerts, alert, rules, newRule, settings, accounts, connect, mails, lost]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: PageCrashed,
  scrollRestoration: true,
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
    parent?: { title: string; to: '/alerts' | '/rules' | '/settings/accounts' }
  }
}
