import { getRouteApi } from '@tanstack/react-router'
import { ChartLine } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { DashboardMetrics } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { MetricsChart } from '@/components/metrics/MetricsChart'
import { ownTitle, ownValue } from '@/components/metrics/own'
import { rangeOf, resolutionIn } from '@/components/metrics/ranges'
import { isKnown, lookOf, SERIES, UNIT_TITLES, valueWords } from '@/components/metrics/series'
import { WithoutData } from '@/components/metrics/WithoutData'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Card } from '@/components/ui/Card'
import { useMetrics, type MetricsFilters } from '@/queries/metrics'
import { useOwnMetrics } from '@/queries/ownMetrics'
import { columnOf, HOURLY } from './hourly'
import { HourlyCharts } from './HourlyCharts'
import { MetricsControls } from './MetricsControls'
import { MetricsTable } from './MetricsTable'
import { MetricsTrends } from './MetricsTrends'
import { OwnCharts } from './OwnCharts'
import { OwnChoice } from './OwnChoice'
import { columnsOf, isBreakdown, type Which } from './parts'
import { PartsChart } from './PartsChart'
import type { Told } from './rows'
import { texts } from './texts'

const route = getRouteApi('/frame/metrics')

function Charts({ metrics }: { metrics: DashboardMetrics }) {
  const units = [...new Set(metrics.series.map(({ unit }) => unit))]
  return units.map((unit) => {
    const [first, ...more] = metrics.series.filter((series) => series.unit === unit)
    return (
      first && (
        <Card key={unit} title={UNIT_TITLES[unit]} className="mb-4">
          <div className="p-3">
            <MetricsChart label={UNIT_TITLES[unit]} metrics={metrics} series={[first, ...more]} />
          </div>
        </Card>
      )
    )
  })
}

/** All that an answer tells, as columns of its table. */
const columnsFor = ({ series, own, hourly, parts }: DashboardMetrics, which: Which): Told[] => [
  ...series.map(({ name, unit, points }) => ({ id: name, title: lookOf(name).title, say: (value: number) => valueWords(unit, value), points })),
  ...own.map((one) => ({ id: one.id, title: ownTitle(one), say: (value: number) => ownValue(value, one.unit), points: one.points })),
  ...hourly.map(columnOf),
  ...columnsOf(parts, which),
]

/** Beside all of the platform's own, the API tells so many. */
const MOST_OWN = 3

/** What the address asks for. */
function useAsked() {
  const { range: named, resolution, series, own: asked, by } = route.useSearch()
  const accountId = useAccountFilter()
  const range = rangeOf(named)
  const all = useOwnMetrics(accountId, useCan('dashboard:read')).data ?? []
  // One that is gone, or of another account, is as if nobody had asked for it.
  const shown = all.filter(({ id }) => asked?.includes(id)).slice(0, MOST_OWN)
  const names = [...(series ?? SERIES), ...shown.map(({ id }) => `custom.${id}`)]
  const filters: MetricsFilters = { hours: range.hours, accountId, resolution: resolutionIn(range, resolution, by !== undefined) }
  if (by === 'hour') filters.series = HOURLY
  else if (by !== undefined) filters.by = by
  else if (series || shown.length > 0) filters.series = names.join(',')
  return { all, shown, filters }
}

function Told({ metrics, query }: { metrics: DashboardMetrics; query: ReturnType<typeof useMetrics> }) {
  const { by, of, look } = route.useSearch()
  const which = of ?? 'total'
  const columns = useMemo(() => columnsFor(metrics, which), [metrics, which])
  return (
    <>
      <Charts metrics={metrics} />
      <OwnCharts metrics={metrics} />
      <HourlyCharts metrics={metrics} />
      {isBreakdown(by) && metrics.parts.length > 0 && <PartsChart metrics={metrics} by={by} which={which} isStacked={look === undefined && by !== 'group'} />}
      <WithoutData metrics={metrics} />
      <MetricsTrends />
      <MetricsTable query={query} columns={columns} resolution={metrics.resolution} />
    </>
  )
}

/** What was counted, over time. */
export function MetricsPage() {
  const { by } = route.useSearch()
  const { all, shown, filters } = useAsked()
  const query = useMetrics(filters)
  return (
    <>
      <AccountBanners />
      <MetricsControls />
      {by === undefined && <OwnChoice all={all} shown={shown} most={MOST_OWN} />}
      <Loaded query={query} what={texts.what} skeleton={<Bone className="h-72" />}>
        {(metrics) =>
          isKnown(metrics) ? (
            <Told metrics={metrics} query={query} />
          ) : (
            <div className="rounded-lg border border-line bg-surface-1">
              <NothingSynced icon={ChartLine} title={texts.noNumbers}>
                {by === undefined ? texts.nothingKnown : texts.nothingKnownHourly}
              </NothingSynced>
            </div>
          )
        }
      </Loaded>
    </>
  )
}
