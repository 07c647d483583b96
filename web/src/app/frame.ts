import { createRoute, redirect, retainSearchParams } from '@tanstack/react-router'
import { text, understood } from '@/lib/search'
import { splitTenant } from '@/lib/tenantAddress'
import { isSignedIn, root } from './entrance'
import { Frame } from './shell/Frame'
import { enterTenantOf } from './tenants'

/** Around every page of somebody who is signed in. */
export const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  validateSearch: (raw: Record<string, unknown>) => understood({ account: text(raw.account) }),
  search: { middlewares: [retainSearchParams(['account'])] },
  beforeLoad: async ({ location }) => {
    if (!isSignedIn()) {
      const next = splitTenant(location.publicHref).slug === undefined && location.href === '/' ? {} : { next: location.publicHref }
      throw redirect({ to: '/sign-in', search: next, replace: true })
    }
    return { isTheirs: await enterTenantOf(location.publicHref) }
  },
  component: Frame,
})
