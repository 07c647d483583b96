import { useBlocker } from '@tanstack/react-router'
import { session } from '@/api/client'
import { part } from '@/components/ui/part'
import { hasUnsaved } from '@/components/unsaved'

// Who cannot be asked stays.
const LeaveDialog = part(() => import('./LeaveDialog'), { close: ({ onStay }) => onStay() })

/** Asks before a page is left whose form has changes. */
export function LeaveGuard() {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      // Whoever signs out, or gives up a session that has ended, has decided already.
      'user' in session.store.getState() && current.pathname !== next.pathname && hasUnsaved(),
    enableBeforeUnload: () => hasUnsaved(),
    withResolver: true,
  })
  return blocker.status === 'blocked' && <LeaveDialog onLeave={blocker.proceed} onStay={blocker.reset} />
}
