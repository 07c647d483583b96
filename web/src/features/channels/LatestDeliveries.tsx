import { Link } from '@tanstack/react-router'
import type { Delivery } from '@/api/types'
import { course, deliveryLook, whatWasTold } from '@/components/deliveryWords'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Ago } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { useLatestDeliveries } from '@/queries/deliveries'
import { texts } from './texts'

const SHOWN = 5

function Row({ delivery }: { delivery: Delivery }) {
  const { alertId, alertTitle, createdAt } = delivery
  const { word, ...look } = deliveryLook(delivery)
  const how = course(delivery)
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-t border-line px-4 py-2 first:border-t-0">
      <div className="min-w-40 flex-1">
        <p className="text-14 wrap-anywhere">
          {alertTitle == null ? (
            whatWasTold(delivery)
          ) : (
            <Link to="/alerts/$alertId" params={{ alertId }} className="hover:underline">
              {whatWasTold(delivery)}
            </Link>
          )}
        </p>
        {how && <p className="text-13 wrap-anywhere text-text-3">{how}</p>}
      </div>
      <span className="flex items-baseline gap-x-3 text-13">
        <Mark {...look}>{word}</Mark>
        <Ago at={createdAt} className="text-text-3" />
      </span>
    </li>
  )
}

/** What went by a channel of late, and what became of it. */
export function LatestDeliveries({ channelId }: { channelId: string }) {
  return (
    <Card
      title={texts.latestDeliveries.title}
      className="mt-4"
      action={
        <Link to="/deliveries" search={{ shared: channelId }} className="text-13 text-accent-text hover:underline">
          {texts.latestDeliveries.all}
        </Link>
      }
    >
      <Loaded query={useLatestDeliveries({ channelId }, SHOWN)} what={texts.latestDeliveries.what} skeleton={<SkeletonRows rows={3} className="h-13" />}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <p className="px-4 pb-4 text-13 text-text-3">{texts.latestDeliveries.none}</p>
          ) : (
            <ul aria-label={texts.latestDeliveries.title} className="pb-2">
              {deliveries.map((delivery) => (
                <Row key={delivery.id} delivery={delivery} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
