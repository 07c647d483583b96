import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Account } from '@/api/types'
import { useEverySecond } from '@/lib/ticker'
import { oneUnit } from '@/lib/time'
import { useSyncAccount } from '@/queries/accounts'
import { announce, announceFailure, announceWait } from './announcements'
import { texts } from './texts/network'
import { Button } from './ui/Button'

/** Where the API does not say how long. */
const USUAL_WAIT_S = 30

/** Starts a sync, for those who may. After one a moment ago it says how long to wait for the next. */
export function SyncButton({ account: { id, name, status, statusReason } }: { account: Account }) {
  const sync = useSyncAccount()
  const maySync = useCan('accounts:sync')
  const [ready, setReady] = useState(0)
  const wait = useEverySecond((now) => Math.max(0, Math.ceil((ready - now.getTime()) / 1000)))
  // What somebody paused is resumed by whoever may.
  if (!maySync || statusReason?.code === 'paused_by_user') return null
  const onError = (error: Error) => {
    if (!hasSlug(error, 'rate-limited')) {
      announceFailure(error)
      return
    }
    const seconds = error.retryAfter ?? USUAL_WAIT_S
    setReady(Date.now() + seconds * 1000)
    announceWait(texts.syncButton.tooSoon({ name }), seconds)
  }
  return (
    <Button icon={RefreshCw} busy={sync.isPending} disabled={wait > 0} onClick={() => sync.mutate(id, { onSuccess: () => announce(texts.syncButton.started({ name })), onError })}>
      {wait > 0 ? texts.syncButton.waits({ wait: oneUnit(wait * 1000) }) : status === 'paused' ? texts.syncButton.again : texts.syncButton.now}
      <span className="sr-only">: {name}</span>
    </Button>
  )
}
