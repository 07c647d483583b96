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
import { texts } from './texts'

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
      title={texts.peersOverTime.title}
      className="flex flex-col xl:col-span-2"
      action={<Tabs label={texts.peersOverTime.time} tabs={SHOWN.map(({ value, label }, index) => ({ label, isCurrent: value === range.value, change: { range: index === 0 ? undefined : value } }))} />}
    >
      <div className="min-h-100 p-3 pt-2">
        <Loaded query={query} what={texts.peersOverTime.what} skeleton={<Bone className="h-92" />}>
          {(metrics) => {
            const [first, ...more] = metrics.series
            return (
              <>
                {first && isKnown(metrics) ? (
                  <MetricsChart label={texts.peersOverTime.chart} metrics={metrics} series={[first, ...more]} height={HEIGHT} />
                ) : (
                  <p className="py-24 text-center text-13 text-text-3">{texts.peersOverTime.none}</p>
                )}
                <WithoutData metrics={metrics} />
              </>
            )
          }}
        </Loaded>
      </div>
      <p className="mt-auto border-t border-line px-4 py-2 text-13">
        <Link to="/metrics" search={range.value === '24h' ? {} : { range: range.value }} className="text-accent-text hover:underline">
          {texts.peersOverTime.all}
        </Link>
      </p>
    </Card>
  )
}
