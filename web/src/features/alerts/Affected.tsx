import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Alert } from '@/api/types'
import { FormFailure } from '@/components/FormFailure'
import { Clock } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { plural } from '@/lib/numbers'
import { useAlertPeers } from '@/queries/alerts'

interface PeerProps {
  alert: Alert
  peer: { id: string; name: string; since: string; isAffected?: boolean }
}

function Peer({ alert, peer }: PeerProps) {
  return (
    <li>
      <Link to="/peers/$peerId" params={{ peerId: peer.id }} search={{ of: alert.accountId }} className="text-accent-text underline underline-offset-2">
        {peer.name}
      </Link>{' '}
      <span className="text-13 text-text-3">
        since <Clock at={peer.since} />
        {peer.isAffected === false && ', over'}
      </span>
    </li>
  )
}

/** Everybody the alert was ever about, and for whom it still stands. */
function Everybody({ alert }: { alert: Alert }) {
  const { items, error, hasMore, loadingMore, failedMore, more, retry } = useAlertPeers(alert.id)
  if (error && !items) {
    return (
      <FormFailure title="The peers could not be loaded" error={error}>
        <Button onClick={retry}>Try again</Button>
      </FormFailure>
    )
  }
  if (!items) return <p className="text-13 text-text-3">Loading the peers …</p>
  return (
    <>
      <ul aria-label="Peers of this alert" className="flex max-h-96 flex-col gap-1 overflow-y-auto">
        {items.map((peer) => (
          <Peer key={peer.id} alert={alert} peer={peer} />
        ))}
      </ul>
      {hasMore && (
        <Button className="mt-2" busy={loadingMore} onClick={failedMore ? retry : more}>
          Show more
        </Button>
      )}
    </>
  )
}

/** The peers of an alert: the first that are left, and everybody on request. */
export function Affected({ alert }: { alert: Alert }) {
  const [showsAll, setShowsAll] = useState(false)
  const { affected } = alert.details
  const rest = affected.total - affected.peers.length
  if (showsAll) return <Everybody alert={alert} />
  return (
    <>
      {affected.total === 0 ? (
        <p>none now</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {affected.peers.map((peer) => (
            <Peer key={peer.id} alert={alert} peer={peer} />
          ))}
          {rest > 0 && <li className="text-13 text-text-3">and {plural(rest, 'more peer')}</li>}
        </ul>
      )}
      {(affected.peers.length > 0 || rest > 0) && (
        <Button className="mt-2" onClick={() => setShowsAll(true)}>
          All peers of this alert
        </Button>
      )}
    </>
  )
}
