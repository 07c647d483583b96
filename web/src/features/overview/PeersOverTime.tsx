import { getRouteApi, Link } from '@tanstack/react-router'
import { MetricsChart } from '@/components/metrics/MetricsChart'
import { rangeOf, RANGES } from '@/components/metrics/ranges'
import { isKnown } from '@/components/metrics/series'
import { WithoutData } from '@/components/metrics/WithoutData'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Card } from '@/components/ui/Card'
import { Tabs } from '@/components/ui/Tabs'
import { useMetrics } from '@/queries/metrics'

const route = getRouteApi('/frame/')

/** As high as the trends beside it. */
const HEIGHT = 340

const SHOWN = RANGES.filter(({ value }) => value !== '2y')

/** How many peers were online and offline, up to now. */
export function PeersOverTime({ accountId }: { accountId: string | undefined }) {
  const range = rangeOf(route.useSearch().range)
  const query = useMetrics({ hours: range.hours, series: 'peers_online,peers_offline,peers_unconfirmed', accountId })
  return (
    <Card
      title="Peers over time"
      className="flex flex-col xl:col-span-2"
      action={<Tabs label="Time" tabs={SHOWN.map(({ value, label }, index) => ({ label, isCurrent: value === range.value, change: { range: index === 0 ? undefined : value } }))} />}
    >
      <div className="min-h-100 p-3 pt-2">
        <Loaded query={query} what="the peers over time" skeleton={<Bone className="h-92" />}>
          {(metrics) => {
            const [first, ...more] = metrics.series
            return (
              <>
                {first && isKnown(metrics) ? (
                  <MetricsChart label="Peers online and offline" metrics={metrics} series={[first, ...more]} height={HEIGHT} />
                ) : (
                  <p className="py-24 text-center text-13 text-text-3">Nothing is known of this time yet. Each sync adds to it.</p>
                )}
                <WithoutData metrics={metrics} />
              </>
            )
          }}
        </Loaded>
      </div>
      <p className="mt-auto border-t border-line px-4 py-2 text-13">
        <Link to="/metrics" search={range.value === '24h' ? {} : { range: range.value }} className="text-accent-text hover:underline">
          All series, finer and as a table
        </Link>
      </p>
    </Card>
  )
}
