import { areaPath, linePath } from '@/components/chart/geometry'
import { useMetrics } from '@/queries/metrics'

const [WIDTH, HEIGHT] = [120, 28]

/** Of the peers that were online in each of the last 24 hours; nothing where nothing is known. What it says in full is in the chart below. */
export function DayLine({ accountId }: { accountId: string | undefined }) {
  const { data } = useMetrics({ hours: 24, series: 'peers_online', accountId, resolution: '1h' })
  const values = data?.series[0]?.points.map(({ value }) => value ?? null) ?? []
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return null
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const x = (index: number) => (index / (values.length - 1)) * WIDTH
  // Of a steady network it is a line in the middle, and not one at the bottom.
  const y = (value: number) => (most === least ? HEIGHT / 2 : HEIGHT - 3 - ((HEIGHT - 6) * (value - least)) / (most - least))
  const ground = (value: number) => (value === 0 ? HEIGHT : y(value))
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="ml-2 h-7 max-w-60 min-w-0 flex-1 self-center">
      <path d={areaPath(values, x, ground)} className="fill-ok opacity-10" />
      <path d={linePath(values, x, y)} fill="none" strokeWidth="2" vectorEffect="non-scaling-stroke" strokeLinecap="round" strokeLinejoin="round" className="stroke-ok" />
    </svg>
  )
}
