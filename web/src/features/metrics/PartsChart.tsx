import type { DashboardMetrics } from '@/api/types'
import { Chart } from '@/components/chart/Chart'
import { coverage, stepOf, timeWords, valueWords } from '@/components/metrics/series'
import { Card } from '@/components/ui/Card'
import { linesOf, type By, type Which } from './parts'
import { texts } from './texts'

interface PartsChartProps {
  metrics: DashboardMetrics
  by: By
  which: Which
  isStacked: boolean
}

/** How many peers there are of each kind, over time. */
export function PartsChart({ metrics: { parts, resolution, accounts }, by, which, isStacked }: PartsChartProps) {
  const shown = parts.filter((part) => part.by === by)
  const times = shown[0]?.points.map(({ time }) => Date.parse(time)) ?? []
  const label = (which === 'online' ? texts.parts.titleOnline : texts.parts.title)[by]
  // Those of the question before, until the answer to this one is here.
  if (shown.length === 0) return null
  const others = shown.some(({ isOther }) => isOther)
  return (
    <Card title={label} className="mb-4">
      <div className="p-3">
        <Chart
          label={label}
          lines={linesOf(shown, which)}
          times={times}
          step={stepOf(resolution)}
          format={(value) => valueWords('peers', value)}
          isWhole
          isStacked={isStacked}
          height={300}
          pointWords={(index) => timeWords(times[index] ?? 0, resolution) + coverage(accounts, shown, index)}
        />
        <p className="px-1 pt-2 text-12 text-text-3">
          {[...(others ? [texts.parts.tenAndOther] : []), ...(by === 'group' ? [texts.parts.inEachGroup] : []), resolution === '1d' ? texts.parts.dayMeans : texts.parts.hourMoments].join(' ')}
        </p>
      </div>
    </Card>
  )
}
