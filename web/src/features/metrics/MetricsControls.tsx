import { getRouteApi, Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { RANGES, rangeOf, resolutionIn } from '@/components/metrics/ranges'
import { lookOf, SERIES } from '@/components/metrics/series'
import { Tabs } from '@/components/ui/Tabs'

const route = getRouteApi('/frame/metrics')

const RESOLUTIONS = { auto: 'Auto', '1m': 'Minutes', '1h': 'Hours', '1d': 'Days' } as const

/** Which series, how far back, and how finely: all in the address. */
export function MetricsControls() {
  const { range: named, resolution, series } = route.useSearch()
  const range = rangeOf(named)
  const chosen = resolutionIn(range, resolution)
  const shown = SERIES.filter((name) => series?.includes(name) ?? true)
  const without = (name: (typeof SERIES)[number]) => shown.filter((other) => other !== name)
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Tabs label="Time" tabs={RANGES.map(({ value, label }, index) => ({ label, isCurrent: value === range.value, change: { range: index === 0 ? undefined : value, resolution: undefined } }))} />
      <Tabs
        label="Resolution"
        tabs={(['auto', ...range.resolutions] as const).map((value) => ({ label: RESOLUTIONS[value], isCurrent: value === chosen, change: { resolution: value === 'auto' ? undefined : value } }))}
      />
      <ul aria-label="Series" className="flex flex-wrap gap-1.5">
        {SERIES.map((name) => {
          const isShown = shown.includes(name)
          // The last one stays: a page without any series shows nothing.
          const next = isShown ? (shown.length === 1 ? shown : without(name)) : SERIES.filter((one) => one === name || shown.includes(one))
          return (
            <li key={name}>
              <Link
                to="."
                search={({ series: _, ...rest }) => (next.length === SERIES.length ? rest : { ...rest, series: [...next] })}
                resetScroll={false}
                activeProps={{}}
                className={`inline-flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-13 touch:h-11 ${isShown ? 'border-transparent bg-accent-soft text-accent-text' : 'border-line bg-surface-1 text-text-2 hover:text-text-1'}`}
              >
                {isShown && <Check aria-hidden className="size-3.5" />}
                {lookOf(name).title}
                <span className="sr-only">{isShown ? ', shown' : ', not shown'}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
