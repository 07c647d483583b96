import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { session, useSession } from '@/api/client'
import { Announcements } from '@/components/announcements'
import { Failed } from '@/components/states'
import { queryClient, router } from './router'

/** After a change of who is signed in, nothing of the one before may stay, nor the page that needs a session. */
function useSessionChanges(): void {
  useEffect(
    () =>
      session.store.subscribe((state, before) => {
        if (state.status === before.status) return
        if (state.status === 'signed-out') queryClient.clear()
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
