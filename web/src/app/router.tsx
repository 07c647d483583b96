import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from '@/lib/search'
import { splitTenant } from '@/lib/tenantAddress'
import { ENTRANCE, root } from './entrance'
import { frame } from './frame'
import { lazyPage } from './lazyPage'
import { NotFound } from './NotFound'
import { PageCrashed } from './PageCrashed'
import type { PageDefinition } from './pageDefinition'
import { pageRoutes } from './pageRoutes'
import { FRAME_PAGES, type PlainPath } from './pages'
import { SETTINGS_PAGES } from './settingsPages'
import { canonicalAddress, tenantRewrite } from './tenants'

const { settings: aroundSettings, ...inFrame } = FRAME_PAGES

const settings = createRoute({
  getParentRoute: () => frame,
  path: aroundSettings.path,
  component: lazyPage(aroundSettings.code),
})

const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile', replace: true })
  },
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
    frame.addChildren({
      ...pageRoutes(inFrame, () => frame, ''),
      settings: settings.addChildren({ settingsStart, ...pageRoutes(SETTINGS_PAGES, () => settings, aroundSettings.path) }),
      lost,
    }),
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
