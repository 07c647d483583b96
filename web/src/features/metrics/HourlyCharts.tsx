import type { DashboardMetrics } from '@/api/types'
import { Chart } from '@/components/chart/Chart'
import { coverage, stepOf, timeWords, UNIT_TITLES, valueWords } from '@/components/metrics/series'
import { Card } from '@/components/ui/Card'
import { lineOf } from './hourly'
import { texts } from './texts'

/** What happened, hour by hour: how often peers went, and how many alerts there were. */
export function HourlyCharts({ metrics: { hourly, resolution, accounts } }: { metrics: DashboardMetrics }) {
  return [...new Set(hourly.map(({ unit }) => unit))].map((unit) => {
    const shown = hourly.filter((series) => series.unit === unit)
    const times = shown[0]?.points.map(({ time }) => Date.parse(time)) ?? []
    return (
      <Card key={unit} title={UNIT_TITLES[unit]} note={resolution === '1d' ? texts.hourly.byDay : texts.hourly.byHour} className="mb-4">
        <div className="p-3">
          <Chart
            label={UNIT_TITLES[unit]}
            lines={shown.map(lineOf)}
            times={times}
            step={stepOf(resolution)}
            format={(value) => valueWords(unit, value)}
            isWhole
            pointWords={(index) => timeWords(times[index] ?? 0, resolution) + coverage(accounts, shown, index)}
          />
        </div>
      </Card>
    )
  })
}
