import type { DashboardMetrics } from '@/api/types'
import { Chart } from '@/components/chart/Chart'
import { ownTitle, ownValue } from '@/components/metrics/own'
import { stepOf, timeWords } from '@/components/metrics/series'
import { Card } from '@/components/ui/Card'

/** What was pushed, each series by itself: they are counted in different things. */
export function OwnCharts({ metrics: { own, resolution } }: { metrics: DashboardMetrics }) {
  return own.map((series) => {
    const title = ownTitle(series)
    const times = series.points.map(({ time }) => Date.parse(time))
    return (
      <Card key={series.id} title={title} note={series.unit || undefined} className="mb-4">
        <div className="p-3">
          <Chart
            label={title}
            lines={[{ id: series.id, title: series.name, tone: 'accent', values: series.points.map(({ value }) => value ?? null) }]}
            times={times}
            step={stepOf(resolution)}
            format={(value) => ownValue(value, series.unit)}
            pointWords={(index) => timeWords(times[index] ?? 0, resolution)}
          />
        </div>
      </Card>
    )
  })
}
