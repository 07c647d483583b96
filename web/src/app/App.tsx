import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { session, useSession } from '@/api/client'
import type { SessionState } from '@/api/session'
import { Announcements } from '@/components/announcements'
import { Failed } from '@/components/states'
import { queryClient, router } from './router'

const presentTenant = (state: SessionState): string | null => (state.status === 'signed-in' ? state.user.tenantId : null)

/** After a change of who is signed in, or where, nothing of before may stay, nor the page that needs a session. */
function useSessionChanges(): void {
  useEffect(
    () =>
      session.store.subscribe((state, before) => {
        const elsewhere = presentTenant(state) !== presentTenant(before)
        if (state.status === before.status && !elsewhere) return
        if (state.status === 'signed-out') queryClient.clear()
        // Drops what is on its way for the tenant before, and asks anew for what is on screen.
        else if (before.status === 'signed-in') void queryClient.resetQueries()
        void router.invalidate()
      }),
    [],
  )
}

export function App() {
  const state = useSession()
  useSessionChanges()
  if (state.status === 'restoring') return <p className="sr-only" role="status">Starting</p>
  if (state.status === 'unreachable') {
    return (
      <main className="flex min-h-dvh items-center justify-center">
        <Failed error={state.error} what="your session" retrying={false} onRetry={() => void session.restore()} />
      </main>
    )
  }
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Announcements />
    </QueryClientProvider>
  )
}
