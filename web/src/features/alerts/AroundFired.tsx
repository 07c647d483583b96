import { Link } from '@tanstack/react-router'
import { useCan } from '@/api/client'
import type { Alert, PeerHistory } from '@/api/types'
import { inWords, placeIn, type Span } from '@/components/peerHistory/history'
import { StatusLegend, StatusStrip } from '@/components/peerHistory/StatusStrip'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Clock } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { duration } from '@/lib/time'
import { usePeerHistoryIn } from '@/queries/peers'
import { aroundFired, peerOf } from './around'
import { texts } from './texts'

/** Words at a place of the strip, which stay within its ends. */
const standingAt = (place: number) => ({ left: `${place}%`, transform: `translateX(-${place}%)` })

function Around({ history, asked, firedAt }: { history: PeerHistory; asked: Span; firedAt: string }) {
  // What is not yet is no part of it.
  const span = { from: asked.from, to: Math.min(asked.to, Date.parse(history.to)) }
  const fired = placeIn(span, Date.parse(firedAt))
  const words = inWords(history, span, duration(span.to - span.from))
  return (
    <>
      <p aria-hidden className="relative mb-1 h-4 text-12 leading-4 text-text-2">
        <span className="absolute whitespace-nowrap" style={standingAt(fired)}>
          {phrase(texts.around.fired, { when: <Clock at={firedAt} /> })}
        </span>
      </p>
      <div className="relative">
        <StatusStrip history={history} span={span} words={words} />
        <span aria-hidden className="absolute -top-1 -bottom-1 z-20 w-0.5 -translate-x-1/2 rounded-full bg-text-1 ring-2 ring-surface-1" style={{ left: `${fired}%` }} />
      </div>
      <div aria-hidden className="mt-1.5 flex justify-between text-12 text-text-3">
        <Clock at={new Date(span.from).toISOString()} />
        {span.to < asked.to ? <span>{texts.around.now}</span> : <Clock at={new Date(span.to).toISOString()} />}
      </div>
      <div className="mt-2 flex flex-wrap justify-between gap-x-4 gap-y-1 text-13 text-text-2">
        <p>{words}</p>
        <StatusLegend history={history} span={span} />
      </div>
    </>
  )
}

function Strip({ alert, peer }: { alert: Alert; peer: { id: string; name: string } }) {
  const asked = aroundFired(alert)
  const query = usePeerHistoryIn(peer.id, alert.accountId, asked)
  return (
    <Card
      title={texts.strip.title}
      note={peer.name}
      action={
        <Link to="/peers/$peerId" params={{ peerId: peer.id }} search={{ of: alert.accountId }} className="text-13 text-accent-text hover:underline">
          {texts.strip.itsHistory}
        </Link>
      }
    >
      <div className="p-4 pt-2">
        <Loaded query={query} what={texts.strip.peersHistory} skeleton={<Bone className="h-26 w-full" />} gone={<p className="text-13 text-text-3">{texts.strip.peerWasRemovedSince}</p>}>
          {(history) => <Around history={history} asked={asked} firedAt={alert.triggeredAt} />}
        </Loaded>
      </div>
    </Card>
  )
}

/** What the peer did around the moment in which an alert about it fired. */
export function AroundFired({ alert }: { alert: Alert }) {
  const peer = peerOf(alert)
  return useCan('netbird:read') && peer ? <Strip alert={alert} peer={peer} /> : null
}
