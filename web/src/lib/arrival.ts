import { useSyncExternalStore } from 'react'

/**
 * What a mail's link or an identity provider's answer brought in the address. It is taken out of
 * the address before anything else sees it, so that it is in no history, bookmark or screenshot,
 * and kept in this module alone; a reload forgets it.
 */
interface Arrival {
  path: string
  values: URLSearchParams
}

const SSO_CALLBACK = /^\/sso\/callback\/[^/]+$/

let arrival: Arrival | undefined
const listeners = new Set<() => void>()

function take(): void {
  // Two slashes in front would name another host to whatever reads the path as an address.
  if (/^[/\\]{2}/.test(window.location.pathname)) {
    window.history.replaceState(window.history.state, '', window.location.pathname.replace(/^[/\\]+/, '/') + window.location.search + window.location.hash)
  }
  const { pathname, search, hash } = window.location
  const isCallback = SSO_CALLBACK.test(pathname) && search !== ''
  const values = new URLSearchParams(isCallback ? search : hash.slice(1))
  if (!isCallback && !values.has('token')) return
  arrival = { path: pathname, values }
  window.history.replaceState(window.history.state, '', pathname + (isCallback ? '' : search))
  listeners.forEach((notify) => notify())
}

take()
// A second link may be pasted over the first in the same window, which loads no page.
window.addEventListener('hashchange', take)

function subscribe(notify: () => void): () => void {
  listeners.add(notify)
  return () => listeners.delete(notify)
}

const arrivedAt = (path: string): URLSearchParams | undefined => (arrival?.path === path ? arrival.values : undefined)

/** The token of the link that led to this page. */
export function useLinkToken(): string | undefined {
  const path = window.location.pathname
  return useSyncExternalStore(subscribe, () => arrivedAt(path)?.get('token') ?? undefined)
}

/** What the identity provider answered. */
export function useProviderAnswer(): URLSearchParams | undefined {
  const path = window.location.pathname
  return useSyncExternalStore(subscribe, () => arrivedAt(path))
}
