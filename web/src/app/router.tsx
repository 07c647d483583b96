import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from '@/lib/search'
import { splitTenant } from '@/lib/tenantAddress'
import { ACCESS_ROUTES } from './accessRoutes'
import { ALERTING_ROUTES } from './alertingRoutes'
import { ENTRANCE, root } from './entrance'
import { frame } from './frame'
import { ITEM_ROUTES } from './itemRoutes'
import { lazyPage } from './lazyPage'
import { NotFound } from './NotFound'
import { PageCrashed } from './PageCrashed'
import type { PageDefinition } from './pageDefinition'
import { PAGES, type PlainPath } from './pages'
import { canonicalAddress, tenantRewrite } from './tenants'

const overview = createRoute({
  getParentRoute: () => frame,
  path: PAGES.overview.path,
  staticData: PAGES.overview,
  validateSearch: PAGES.overview.search,
  component: lazyPage(PAGES.overview.code),
})

const metrics = createRoute({
  getParentRoute: () => frame,
  path: PAGES.metrics.path,
  staticData: PAGES.metrics,
  validateSearch: PAGES.metrics.search,
  component: lazyPage(PAGES.metrics.code),
})

const ownMetrics = createRoute({
  getParentRoute: () => frame,
  path: PAGES.ownMetrics.path,
  staticData: PAGES.ownMetrics,
  validateSearch: PAGES.ownMetrics.search,
  component: lazyPage(PAGES.ownMetrics.code),
})

const peers = createRoute({
  getParentRoute: () => frame,
  path: PAGES.peers.path,
  staticData: PAGES.peers,
  validateSearch: PAGES.peers.search,
  component: lazyPage(PAGES.peers.code),
})

const peer = createRoute({
  getParentRoute: () => frame,
  path: PAGES.peer.path,
  staticData: PAGES.peer,
  validateSearch: PAGES.peer.search,
  component: lazyPage(PAGES.peer.code),
})

const topology = createRoute({
  getParentRoute: () => frame,
  path: PAGES.topology.path,
  staticData: PAGES.topology,
  validateSearch: PAGES.topology.search,
  component: lazyPage(PAGES.topology.code),
})

const groups = createRoute({
  getParentRoute: () => frame,
  path: PAGES.groups.path,
  staticData: PAGES.groups,
  validateSearch: PAGES.groups.search,
  component: lazyPage(PAGES.groups.code),
})

const setupKeys = createRoute({
  getParentRoute: () => frame,
  path: PAGES.setupKeys.path,
  staticData: PAGES.setupKeys,
  validateSearch: PAGES.setupKeys.search,
  component: lazyPage(PAGES.setupKeys.code),
})

const users = createRoute({
  getParentRoute: () => frame,
  path: PAGES.users.path,
  staticData: PAGES.users,
  validateSearch: PAGES.users.search,
  component: lazyPage(PAGES.users.code),
})

const policies = createRoute({
  getParentRoute: () => frame,
  path: PAGES.policies.path,
  staticData: PAGES.policies,
  validateSearch: PAGES.policies.search,
  component: lazyPage(PAGES.policies.code),
})

const changes = createRoute({
  getParentRoute: () => frame,
  path: PAGES.changes.path,
  staticData: PAGES.changes,
  validateSearch: PAGES.changes.search,
  component: lazyPage(PAGES.changes.code),
})

const findings = createRoute({
  getParentRoute: () => frame,
  path: PAGES.findings.path,
  staticData: PAGES.findings,
  validateSearch: PAGES.findings.search,
  component: lazyPage(PAGES.findings.code),
})

const postureChecks = createRoute({
  getParentRoute: () => frame,
  path: PAGES.postureChecks.path,
  staticData: PAGES.postureChecks,
  validateSearch: PAGES.postureChecks.search,
  component: lazyPage(PAGES.postureChecks.code),
})

const networks = createRoute({
  getParentRoute: () => frame,
  path: PAGES.networks.path,
  staticData: PAGES.networks,
  validateSearch: PAGES.networks.search,
  component: lazyPage(PAGES.networks.code),
})

const routes = createRoute({
  getParentRoute: () => frame,
  path: PAGES.routes.path,
  staticData: PAGES.routes,
  validateSearch: PAGES.routes.search,
  component: lazyPage(PAGES.routes.code),
})

const nameservers = createRoute({
  getParentRoute: () => frame,
  path: PAGES.nameservers.path,
  staticData: PAGES.nameservers,
  validateSearch: PAGES.nameservers.search,
  component: lazyPage(PAGES.nameservers.code),
})

const events = createRoute({
  getParentRoute: () => frame,
  path: PAGES.events.path,
  staticData: PAGES.events,
  validateSearch: PAGES.events.search,
  component: lazyPage(PAGES.events.code),
})

const alerts = createRoute({
  getParentRoute: () => frame,
  path: PAGES.alerts.path,
  staticData: PAGES.alerts,
  validateSearch: PAGES.alerts.search,
  component: lazyPage(PAGES.alerts.code),
})

const alert = createRoute({
  getParentRoute: () => frame,
  path: PAGES.alert.path,
  staticData: PAGES.alert,
  component: lazyPage(PAGES.alert.code),
})

const audit = createRoute({
  getParentRoute: () => frame,
  path: PAGES.audit.path,
  staticData: PAGES.audit,
  validateSearch: PAGES.audit.search,
  component: lazyPage(PAGES.audit.code),
})

const auditExports = createRoute({
  getParentRoute: () => frame,
  path: PAGES.auditExports.path,
  staticData: PAGES.auditExports,
  component: lazyPage(PAGES.auditExports.code),
})

const connect = createRoute({
  getParentRoute: () => frame,
  path: PAGES.connect.path,
  staticData: PAGES.connect,
  component: lazyPage(PAGES.connect.code),
})

const mail = createRoute({
  getParentRoute: () => frame,
  path: PAGES.mail.path,
  staticData: PAGES.mail,
  validateSearch: PAGES.mail.search,
  component: lazyPage(PAGES.mail.code),
})

/** A page of the settings, whose frame has the beginning of its path. */
const within = <const Rest extends string>(path: `/settings${Rest}`): Rest => path.slice('/settings'.length) as Rest

const settings = createRoute({
  getParentRoute: () => frame,
  path: PAGES.settings.path,
  component: lazyPage(PAGES.settings.code),
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
  path: within(PAGES.profile.path),
  staticData: PAGES.profile,
  component: lazyPage(PAGES.profile.code),
})

const security = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.security.path),
  staticData: PAGES.security,
  component: lazyPage(PAGES.security.code),
})

const sessions = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.sessions.path),
  staticData: PAGES.sessions,
  validateSearch: PAGES.sessions.search,
  component: lazyPage(PAGES.sessions.code),
})

const tokens = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.tokens.path),
  staticData: PAGES.tokens,
  validateSearch: PAGES.tokens.search,
  component: lazyPage(PAGES.tokens.code),
})

const newToken = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.newToken.path),
  staticData: PAGES.newToken,
  component: lazyPage(PAGES.newToken.code),
})

const members = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.members.path),
  staticData: PAGES.members,
  validateSearch: PAGES.members.search,
  component: lazyPage(PAGES.members.code),
})

const roles = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.roles.path),
  staticData: PAGES.roles,
  component: lazyPage(PAGES.roles.code),
})

const tenant = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.tenant.path),
  staticData: PAGES.tenant,
  component: lazyPage(PAGES.tenant.code),
})

const sso = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.sso.path),
  staticData: PAGES.sso,
  component: lazyPage(PAGES.sso.code),
})

const accounts = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.accounts.path),
  staticData: PAGES.accounts,
  validateSearch: PAGES.accounts.search,
  component: lazyPage(PAGES.accounts.code),
})

const networkSettings = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.networkSettings.path),
  staticData: PAGES.networkSettings,
  component: lazyPage(PAGES.networkSettings.code),
})

const syncLog = createRoute({
  getParentRoute: () => settings,
  path: within(PAGES.syncLog.path),
  staticData: PAGES.syncLog,
  component: lazyPage(PAGES.syncLog.code),
})

const lost = createRoute({
  getParentRoute: () => frame,
  path: '$',
  staticData: { title: 'Not found' },
  component: NotFound,
})

export const router = createRouter({
  routeTree: root.addChildren([
    ...ENTRANCE,
    frame.addChildren([
      overview,
      metrics,
      ownMetrics,
      peers,
      topology,
      groups,
      setupKeys,
      users,
      ...ACCESS_ROUTES,
      policies,
      changes,
      findings,
      postureChecks,
      networks,
      routes,
      nameservers,
      events,
      alerts,
      alert,
      peer,
      ...ITEM_ROUTES,
      ...ALERTING_ROUTES,
      audit,
      auditExports,
      settings.addChildren([settingsStart, profile, security, sessions, tokens, newToken, members, roles, tenant, sso, accounts, networkSettings, syncLog]),
      connect,
      mail,
      lost,
    ]),
  ]),
  rewrite: tenantRewrite,
  parseSearch,
  stringifySearch,
  // What no page understands is not there.
  search: { strict: true },
  defaultPreload: 'intent',
  defaultErrorComponent: PageCrashed,
  scrollRestoration: true,
  // The default falls back to the whole address, which may still hold a link's token.
  getScrollRestorationKey: ({ pathname, state }) => state.__TSR_key ?? pathname,
})

/** The parameters of an address that its page understands, as they stand in it; undefined if they are all of them. */
function understoodQuery(raw: Record<string, unknown>, read: object): string | undefined {
  const known = parseSearch(stringifySearch(read as Record<string, unknown>))
  const kept = Object.fromEntries(Object.keys(raw).flatMap((key) => (known[key] === undefined ? [] : [[key, known[key]]])))
  return stringifySearch(kept) === stringifySearch(raw) ? undefined : stringifySearch(kept)
}

/** Keeps the tenant's present name, and no parameter that nobody understands, in the address. */
router.subscribe('onResolved', ({ toLocation }) => {
  const query = understoodQuery(toLocation.search, router.state.matches.at(-1)?.search ?? {})
  const present = query === undefined ? toLocation.publicHref : new URL(toLocation.publicHref, window.location.origin).pathname + query + (toLocation.hash && `#${toLocation.hash}`)
  const address = canonicalAddress(present) ?? present
  if (address !== toLocation.publicHref) router.history.replace(address, toLocation.state)
})

/** Loads the code of the page at the present address while the session is still being restored. */
export function preloadPage(): void {
  const [routes] = router.getMatchedRoutes(splitTenant(window.location.pathname).path)
  // What fails here is asked for again by the navigation, which also shows the failure.
  for (const route of routes) router.loadRouteChunk(route)?.catch(() => undefined)
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption extends Partial<Pick<PageDefinition, 'title' | 'permission' | 'what' | 'layout'>> {
    parent?: PlainPath
  }
}
