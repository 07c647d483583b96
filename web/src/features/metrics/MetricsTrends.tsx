import { getRouteApi } from '@tanstack/react-router'
import type { TrendData } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { rangeOf } from '@/components/metrics/ranges'
import { SERIES } from '@/components/metrics/series'
import { TrendsTable } from '@/components/metrics/TrendsTable'
import { againstOf, trendTitle } from '@/components/metrics/trendWords'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Card } from '@/components/ui/Card'
import { useTrends } from '@/queries/metrics'
import { HOURLY } from './hourly'
import { isBreakdown, partTitle } from './parts'
import { texts } from './texts'

const route = getRouteApi('/frame/metrics')

const titleOf = ({ name, by, value, isOther }: TrendData): string => (by == null ? trendTitle(name) : partTitle({ by, value: value ?? '', isOther: isOther ?? false }))

/** What the charts above show, now against the beginning of their time. */
export function MetricsTrends() {
  const { range, series, by, of } = route.useSearch()
  const accountId = useAccountFilter()
  const asked = isBreakdown(by) ? { by } : { series: by === 'hour' ? HOURLY : (series ?? SERIES).join(',') }
  const query = useTrends({ ...asked, accountId })
  const wanted = of === 'online' ? 'peers_online' : 'peers_total'
  const isShown = (trend: TrendData) => !isBreakdown(by) || (trend.by === by && trend.name === wanted)
  return (
    <Card title={texts.trends} className="mb-4">
      <Loaded query={query} what={texts.theTrends} skeleton={<SkeletonRows rows={4} />}>
        {(trends) => <TrendsTable trends={trends.filter(isShown)} against={againstOf(rangeOf(range).value)} titleOf={titleOf} />}
      </Loaded>
    </Card>
  )
}
