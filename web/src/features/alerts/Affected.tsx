import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Alert } from '@/api/types'
import { FormFailure } from '@/components/FormFailure'
import { Clock } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { phrase } from '@/lib/phrase'
import { useAlertPeers } from '@/queries/alerts'
import { texts } from './texts'

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
        {phrase(peer.isAffected === false ? texts.peer.sinceOver : texts.peer.since, { when: <Clock at={peer.since} /> })}
      </span>
    </li>
  )
}

/** Everybody the alert was ever about, and for whom it still stands. */
function Everybody({ alert }: { alert: Alert }) {
  const { items, error, hasMore, loadingMore, failedMore, more, retry } = useAlertPeers(alert.id)
  if (error && !items) {
    return (
      <FormFailure title={texts.everybody.failed} error={error}>
        <Button onClick={retry}>{texts.everybody.tryAgain}</Button>
      </FormFailure>
    )
  }
  if (!items) return <p className="text-13 text-text-3">{texts.everybody.loadingPeers}</p>
  return (
    <>
      <ul aria-label={texts.everybody.peersAlert} className="flex max-h-96 flex-col gap-1 overflow-y-auto">
        {items.map((peer) => (
          <Peer key={peer.id} alert={alert} peer={peer} />
        ))}
      </ul>
      {hasMore && (
        <Button className="mt-2" busy={loadingMore} onClick={failedMore ? retry : more}>
          {texts.everybody.showMore}
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
        <p>{texts.affected.noneNow}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {affected.peers.map((peer) => (
            <Peer key={peer.id} alert={alert} peer={peer} />
          ))}
          {rest > 0 && <li className="text-13 text-text-3">{texts.affected.and({ rest })}</li>}
        </ul>
      )}
      {(affected.peers.length > 0 || rest > 0) && (
        <Button className="mt-2" onClick={() => setShowsAll(true)}>
          {texts.affected.allPeersAlert}
        </Button>
      )}
    </>
  )
}
