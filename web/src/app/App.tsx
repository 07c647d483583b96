import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { session, useSession } from '@/api/client'
import { followConnection } from '@/api/connection'
import { scopeOf, type SessionState } from '@/api/session'
import { announce, Announcements } from '@/components/announcements'
import { Failed } from '@/components/states'
import { tenantAddress } from '@/lib/tenantAddress'
import { followLive } from '@/live/follow'
import { clientOf, entranceClient } from '@/queries/client'
import { router } from './router'
import { Starting } from './Starting'
import { guard, presentTenant, start, useStarted } from './tenants'
import { texts } from './texts'

function goHome(): void {
  const tenant = presentTenant()
  // By its whole address: to the router, the overview of one tenant is that of another. And without a question: the frame
  // has started over, and with it is gone what a form held and whom to ask.
  if (tenant) router.history.push(tenantAddress(tenant, '/'), undefined, { ignoreBlocker: true })
}

function react(state: SessionState, before: SessionState): void {
  // Back in what was open, which asks again for what it missed.
  if (before.status === 'ended' && scopeOf(state) === scopeOf(before)) {
    void clientOf(scopeOf(state)).invalidateQueries()
    return
  }
  if (state.status === 'ended' || guard.switching) return
  if (state.status === 'signed-in' && 'user' in before) {
    if (state.user.id !== before.user.id) {
      announce(texts.app.somebodyElse({ name: state.user.name }))
      goHome()
    } else if (state.user.tenantId !== before.user.tenantId) {
      // Somebody who is a member no more is told so by the page at the address.
      if (state.lost === undefined) goHome()
      else void router.invalidate()
    }
    return
  }
  if (state.status !== before.status) void router.invalidate()
}

/** When the server answers again. */
function goOn(): void {
  const now = session.store.getState()
  if (now.status === 'unreachable') void start()
  else void clientOf(scopeOf(now)).invalidateQueries()
}

/** Whether a page was ever shown. The first one may wait for an answer and for its code. */
function useFirstPage(): boolean {
  const [shown, setShown] = useState(false)
  useEffect(() => router.subscribe('onResolved', () => setShown(true)), [])
  return shown
}

export function App() {
  const state = useSession()
  const { started } = useStarted()
  const shown = useFirstPage()
  useEffect(() => session.store.subscribe(react), [])
  useEffect(() => followConnection(goOn), [])
  useEffect(followLive, [])
  if (state.status === 'unreachable') {
    return (
      <main className="flex min-h-dvh items-center justify-center">
        <Failed error={state.error} what={texts.app.session} retrying={false} onRetry={() => void start()} />
      </main>
    )
  }
  return (
    <>
      {started && (
        <QueryClientProvider client={entranceClient}>
          <RouterProvider router={router} />
          <Announcements />
        </QueryClientProvider>
      )}
      {!shown && <Starting pathname={window.location.pathname} />}
    </>
  )
}
