import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChartLine } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { DashboardMetrics, OwnMetricSeries } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { MetricsChart } from '@/components/metrics/MetricsChart'
import { ownTitle, ownValue } from '@/components/metrics/own'
import { rangeOf, resolutionIn } from '@/components/metrics/ranges'
import { isKnown, lookOf, SERIES, timeWords, UNIT_TITLES, valueWords, type Series } from '@/components/metrics/series'
import { WithoutData } from '@/components/metrics/WithoutData'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Card } from '@/components/ui/Card'
import { UNKNOWN } from '@/lib/numbers'
import { metricsQuery, useMetrics, type MetricsFilters } from '@/queries/metrics'
import { useOwnMetrics } from '@/queries/ownMetrics'
import { MetricsControls } from './MetricsControls'
import { OwnCharts } from './OwnCharts'
import { OwnChoice } from './OwnChoice'
import { rowsOf, type MetricsRow } from './rows'

const route = getRouteApi('/frame/metrics')

/** A column: a series of the platform's own, or of the tenant's. */
interface Kind {
  id: string
  title: string
  say: (value: number) => string
}

const kindOf = ({ name, unit }: Series): Kind => ({ id: name, title: lookOf(name).title, say: (value) => valueWords(unit, value) })

const ownKindOf = (series: OwnMetricSeries): Kind => ({ id: series.id, title: ownTitle(series), say: (value) => ownValue(value, series.unit) })

const definitionFor = (kinds: readonly Kind[], resolution: DashboardMetrics['resolution']): ListDefinition<MetricsRow> => ({
  id: 'metrics',
  label: 'Metrics',
  one: 'point',
  idOf: ({ time }) => time,
  name: {
    id: 'time',
    title: 'Time',
    letters: 24,
    fewest: 24,
    text: ({ time }) => time,
    cell: ({ time }) => <span className="tabular-nums">{timeWords(Date.parse(time), resolution)}</span>,
  },
  columns: kinds.map(({ id, title, say }, index) => ({
    id,
    title,
    width: 116,
    priority: 10 - index,
    // A card has room for two; others are there when they are chosen alone.
    ...(index < 2 && { card: 'below' as const, labelled: true }),
    text: ({ values }) => String(values[id] ?? ''),
    cell: ({ values }) => <span className="tabular-nums">{typeof values[id] === 'number' ? say(values[id]) : UNKNOWN}</span>,
  })),
})

/** The same points as text. */
function MetricsTable({ filters, metrics: { series, own, resolution } }: { filters: MetricsFilters; metrics: DashboardMetrics }) {
  const kinds = [...series.map(({ name, unit }) => `${name} ${unit}`), ...own.map(({ id, unit }) => `${id} ${unit}`)].join()
  // eslint-disable-next-line react-hooks/exhaustive-deps -- new points make no other columns
  const definition = useMemo(() => definitionFor([...series.map(kindOf), ...own.map(ownKindOf)], resolution), [kinds, resolution])
  const list = useWholeList(useQuery({ ...metricsQuery(filters), select: rowsOf }), definition)
  return <List definition={definition} list={list} lead={<h2 className="text-13 font-semibold">As a table</h2>} empty={null} />
}

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

/** Beside all of the platform's own, the API tells so many. */
const MOST_OWN = 4

/** What was counted, over time. */
export function MetricsPage() {
  const { range: named, resolution, series, own: asked } = route.useSearch()
  const accountId = useAccountFilter()
  const range = rangeOf(named)
  const all = useOwnMetrics(accountId, useCan('dashboard:read')).data ?? []
  // One that is gone, or of another account, is as if nobody had asked for it.
  const shown = all.filter(({ id }) => asked?.includes(id)).slice(0, MOST_OWN)
  const names = [...(series ?? SERIES), ...shown.map(({ id }) => `custom.${id}`)]
  const filters: MetricsFilters = { hours: range.hours, series: series || shown.length > 0 ? names.join(',') : undefined, accountId, resolution: resolutionIn(range, resolution) }
  const query = useMetrics(filters)
  return (
    <>
      <AccountBanners />
      <MetricsControls />
      <OwnChoice all={all} shown={shown} most={MOST_OWN} />
      <Loaded query={query} what="the metrics" skeleton={<Bone className="h-72" />}>
        {(metrics) =>
          isKnown(metrics) ? (
            <>
              <Charts metrics={metrics} />
              <OwnCharts metrics={metrics} />
              <WithoutData metrics={metrics} />
              <MetricsTable filters={filters} metrics={metrics} />
            </>
          ) : (
            <div className="rounded-lg border border-line bg-surface-1">
              <NothingSynced icon={ChartLine} title="No numbers yet">
                Each sync adds to them. Of this time, nothing is known.
              </NothingSynced>
            </div>
          )
        }
      </Loaded>
    </>
  )
}
