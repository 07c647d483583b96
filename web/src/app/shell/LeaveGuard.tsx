import { useBlocker } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { session } from '@/api/client'
import { hasUnsaved } from '@/components/unsaved'

const LeaveDialog = lazy(() => import('./LeaveDialog'))

/** Asks before a page is left whose form has changes. */
export function LeaveGuard() {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      // Whoever signs out, or gives up a session that has ended, has decided already.
      'user' in session.store.getState() && current.pathname !== next.pathname && hasUnsaved(),
    enableBeforeUnload: () => hasUnsaved(),
    withResolver: true,
  })
  return <Suspense>{blocker.status === 'blocked' && <LeaveDialog onLeave={blocker.proceed} onStay={blocker.reset} />}</Suspense>
}
