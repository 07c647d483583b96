import { Link } from '@tanstack/react-router'
import type { Alert, PeerDetail } from '@/api/types'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { AlertStatusMark, SeverityBadge } from '@/components/status'
import { Ago, Lasting } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { usePeerAlerts } from '@/queries/alerts'
import { rowId } from './peerList'
import { texts } from './texts'

function Row({ alert }: { alert: Alert }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-t border-line px-4 py-2 first:border-t-0">
      <div className="min-w-40 flex-1">
        <p className="text-14 wrap-anywhere">
          <Link to="/alerts/$alertId" params={{ alertId: alert.id }} className="hover:underline">
            {alert.title}
          </Link>
        </p>
        <p className="text-13 wrap-anywhere text-text-3">{texts.alerts.rule({ rule: alert.ruleName })}</p>
      </div>
      <span className="flex flex-wrap items-baseline gap-x-3 text-13">
        <SeverityBadge severity={alert.severity} />
        <AlertStatusMark status={alert.status} />
        <span className="text-text-3">{alert.resolvedAt ? <Ago at={alert.resolvedAt} /> : phrase(texts.for, { lasting: <Lasting at={alert.triggeredAt} /> })}</span>
      </span>
    </li>
  )
}

/** What rules had to say of a peer: what is not over first. */
export function PeerAlerts({ peer }: { peer: PeerDetail }) {
  return (
    <Card
      title={texts.alerts.title}
      action={
        <Link to="/alerts" search={{ peer: rowId(peer), status: ['open', 'acknowledged', 'resolved', 'suppressed'] }} className="text-13 text-accent-text hover:underline">
          {texts.alerts.all}
        </Link>
      }
    >
      <Loaded query={usePeerAlerts(peer.id, peer.accountId)} what={texts.alerts.what} skeleton={<SkeletonRows rows={2} className="h-13" />}>
        {({ items, hasMore }) =>
          items.length > 0 ? (
            <ul aria-label={texts.alerts.label} className="pb-2">
              {items.map((alert) => (
                <Row key={alert.id} alert={alert} />
              ))}
            </ul>
          ) : (
            <p className="px-4 pb-4 text-13 text-text-3">{hasMore ? texts.alerts.noneOfLatest : texts.alerts.none}</p>
          )
        }
      </Loaded>
    </Card>
  )
}
