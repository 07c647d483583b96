import type { DashboardMetrics } from '@/api/types'
import { Chart } from '../chart/Chart'
import { coverage, lineOf, stepOf, timeWords, valueWords, type Series } from './series'

interface MetricsChartProps {
  label: string
  metrics: DashboardMetrics
  /** Those of one unit. */
  series: readonly [Series, ...Series[]]
  height?: number
}

/** Recorded series of one unit over their range. */
export function MetricsChart({ label, metrics, series, ...size }: MetricsChartProps) {
  const { resolution } = metrics
  const [{ unit, points }] = series
  const times = points.map(({ time }) => Date.parse(time))
  return (
    <Chart
      label={label}
      {...size}
      lines={series.map(lineOf)}
      times={times}
      step={stepOf(resolution)}
      format={(value) => valueWords(unit, value)}
      isWhole={unit !== 'ms' && unit !== 'percent'}
      pointWords={(index) => timeWords(times[index] ?? 0, resolution) + coverage(metrics.accounts, metrics.series, index)}
    />
  )
}
