import type { QueryClient } from '@tanstack/react-query'
import { session } from '@/api/client'
import { connection } from '@/api/connection'
import { scopeOf, type SessionState } from '@/api/session'
import { clientOf } from '@/queries/client'
import { createLink } from './link'
import { live, type LiveState } from './status'
import { createUpdates } from './updates'

function address(): string {
  const url = new URL('/ws', window.location.origin)
  url.protocol = url.protocol.replace('http', 'ws')
  return url.href
}

/** Has each query look again when it is asked next, which it does by itself only when it has an answer. */
function retime(client: QueryClient): void {
  for (const { observers } of client.getQueryCache().getAll()) {
    for (const observer of observers) observer.setOptions(observer.options)
  }
}

/** Lets one user's pages in one tenant know of what changes while they look. Returns how to stop. */
function begin(client: QueryClient): { wake: () => void; close: () => void } {
  const random = () => Math.random()
  const updates = createUpdates(client, random)
  const become = (state: LiveState) => {
    const before = live.getState().state
    live.setState({ state })
    if ((before.is === 'live') !== (state.is === 'live')) retime(client)
  }
  const link = createLink({
    open: () => new WebSocket(address()),
    token: (least) => session.tokenFor(least),
    random,
    onNews: (news) => updates.take(news),
    onState: become,
  })
  return {
    wake: () => link.wake(),
    close: () => {
      link.close()
      updates.stop()
      become({ is: 'off' })
    },
  }
}

/** Whoever is signed in is told, in the tenant of this tab, and nobody else. Returns how to stop. */
export function followLive(): () => void {
  let scope: string | undefined
  let begun: ReturnType<typeof begin> | undefined
  const follow = (state: SessionState) => {
    const next = state.status === 'signed-in' ? scopeOf(state) : undefined
    if (next === scope) return
    scope = next
    begun?.close()
    begun = next === undefined ? undefined : begin(clientOf(next))
  }
  const wake = () => begun?.wake()
  const asked = new AbortController()
  window.addEventListener('online', wake, asked)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wake()
  }, asked)
  const stops = [
    session.store.subscribe(follow),
    connection.subscribe(({ lostAt }) => {
      if (lostAt === null) wake()
    }),
  ]
  follow(session.store.getState())
  return () => {
    asked.abort()
    stops.forEach((stop) => stop())
    begun?.close()
  }
}
