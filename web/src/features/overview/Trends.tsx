import { getRouteApi } from '@tanstack/react-router'
import type { DashboardOverview } from '@/api/types'
import { rangeOf } from '@/components/metrics/ranges'
import { TrendsTable } from '@/components/metrics/TrendsTable'
import { againstOf } from '@/components/metrics/trendWords'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Card } from '@/components/ui/Card'
import { useTrends } from '@/queries/metrics'
import { texts } from './texts'

const route = getRouteApi('/frame/')

const SERIES = 'peers_total,peers_online,peers_offline,uptime,alerts_open,alerts_triggered,sync_duration'

type NetworkTrends = DashboardOverview['networkTrends']

const one = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const two = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })

/** What there is one number of; what is not known is not said. */
function Sums({ of: { uptime, peerGrowth } }: { of: NetworkTrends }) {
  const sums = [
    { label: texts.trends.uptime, words: typeof uptime === 'number' ? `${two.format(uptime)} %` : undefined, title: texts.trends.uptimeInFull },
    { label: texts.trends.growth, words: typeof peerGrowth === 'number' ? `${peerGrowth < 0 ? '−' : '+'}${one.format(Math.abs(peerGrowth))} %` : undefined, title: texts.trends.growthInFull },
  ]
  const known = sums.filter(({ words }) => words !== undefined)
  if (known.length === 0) return null
  return (
    <dl className="grid grid-cols-2 gap-3 border-t border-line px-4 py-2.5">
      {known.map(({ label, words, title }) => (
        <div key={label} title={title} className="min-w-0 whitespace-nowrap">
          <dt className="truncate text-12 text-text-3">{label}</dt>
          <dd className="text-14 font-semibold tabular-nums">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Now against then: as long ago as the chart beside it goes back. */
export function Trends({ accountId, sums }: { accountId: string | undefined; sums: NetworkTrends }) {
  const query = useTrends({ series: SERIES, accountId })
  const against = againstOf(rangeOf(route.useSearch().range).value)
  return (
    <Card title={texts.trends.title}>
      <Loaded query={query} what={texts.trends.what} skeleton={<SkeletonRows rows={8} />}>
        {(trends) => <TrendsTable trends={trends} against={against} />}
      </Loaded>
      <Sums of={sums} />
    </Card>
  )
}
