import { create } from 'zustand'
import { session } from '@/api/client'
import type { UserProfile } from '@/api/types'
import { isTenantId, splitTenant, tenantAddress, tenantOfSlug } from '@/lib/tenantAddress'

/** The tenant of this tab as its address has it, or undefined while nobody is signed in. */
export function presentTenant(): { id: string; name: string } | undefined {
  const state = session.store.getState()
  return 'user' in state ? { id: state.user.tenantId, name: state.user.tenantName } : undefined
}

const signedInUser = (): UserProfile | undefined => {
  const state = session.store.getState()
  return 'user' in state ? state.user : undefined
}

/** Whether the guard below is on its way to another tenant, which is not a change to react to. */
export const guard = { switching: false }

/** The tenant in the address where it is none of the user's: it stays there, under the page that says so. */
let foreign: string | undefined

/** Whether this tab is in the tenant of its address. Before that the router must not see the address: it would be put right. */
export const useStarted = create<{ started: boolean }>(() => ({ started: false }))

/** Restores the session and goes into the tenant of the address. */
export async function start(): Promise<void> {
  const { slug } = splitTenant(window.location.pathname)
  await session.restore(slug !== undefined && isTenantId(slug) ? slug : undefined)
  // What fails here is tried again by the navigation, which also shows the failure.
  await enterTenantOf(window.location.href).catch(() => undefined)
  useStarted.setState({ started: true })
}

/**
 * Goes on in the tenant that an address names. False if the user is a member of no such tenant, in which nothing of the
 * address may be shown.
 */
export async function enterTenantOf(publicHref: string): Promise<boolean> {
  const { slug } = splitTenant(new URL(publicHref, window.location.origin).pathname)
  const user = signedInUser()
  if (slug === undefined || !user) return true
  const tenant = tenantOfSlug(user.tenants, slug)
  foreign = tenant ? undefined : slug
  if (!tenant) return false
  if (tenant.id === user.tenantId) return true
  guard.switching = true
  try {
    await session.switchTenant(tenant.id)
  } finally {
    guard.switching = false
  }
  return true
}

/** Pages before the frame, which belong to no tenant. */
const ENTRANCE = /^\/(sign-in|sign-up|setup|forgot-password|reset-password|invitation|confirm-email|confirm-recipient|acknowledge|sso)(\/|$)/

export const isEntrance = (pathname: string): boolean => ENTRANCE.test(pathname)

/** The router knows pages; the address names the tenant before them. */
export const tenantRewrite = {
  input: ({ url }: { url: URL }): URL => {
    url.pathname = splitTenant(url.pathname).path
    return url
  },
  output: ({ url }: { url: URL }): URL => {
    const tenant = presentTenant()
    if (tenant && !isEntrance(url.pathname)) url.pathname = foreign === undefined ? tenantAddress(tenant, url.pathname) : `/t/${foreign}${url.pathname}`
    return url
  },
}

/** The same page under the tenant's present name; undefined if it is there already. */
export function canonicalAddress(publicHref: string): string | undefined {
  const tenant = presentTenant()
  const url = new URL(publicHref, window.location.origin)
  if (!tenant || foreign !== undefined || isEntrance(url.pathname)) return undefined
  const pathname = tenantAddress(tenant, splitTenant(url.pathname).path)
  return pathname === url.pathname ? undefined : pathname + url.search + url.hash
}
