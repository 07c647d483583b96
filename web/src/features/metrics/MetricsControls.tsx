import { getRouteApi, Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { RANGES, rangeOf, resolutionIn, resolutionsOf } from '@/components/metrics/ranges'
import { lookOf, SERIES } from '@/components/metrics/series'
import { Tabs } from '@/components/ui/Tabs'
import { phrase } from '@/lib/phrase'
import { BREAKDOWNS, isBreakdown } from './parts'
import { texts } from './texts'

const route = getRouteApi('/frame/metrics')


const VIEWS = [{ value: undefined, title: texts.controls.numbers }, { value: 'hour', title: texts.controls.departures }, ...Object.entries(BREAKDOWNS).map(([value, { title }]) => ({ value, title }))] as const

/** Which of the platform's own series are shown. */
function SeriesChoice() {
  const { series } = route.useSearch()
  const shown = SERIES.filter((name) => series?.includes(name) ?? true)
  const without = (name: (typeof SERIES)[number]) => shown.filter((other) => other !== name)
  return (
    <ul aria-label={texts.controls.series} className="flex flex-wrap gap-1.5">
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
              {phrase(isShown ? texts.controls.shown : texts.controls.notShown, { series: lookOf(name).title, hidden: (words) => <span className="sr-only">{words}</span> })}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** What is shown, how far back, and how finely: all in the address. */
export function MetricsControls() {
  const { range: named, resolution, by, of, look } = route.useSearch()
  const range = rangeOf(named)
  const isHourly = by !== undefined
  const chosen = resolutionIn(range, resolution, isHourly)
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Tabs wraps label={texts.controls.what} tabs={VIEWS.map(({ value, title }) => ({ label: title, isCurrent: value === by, change: { by: value, resolution: undefined, of: undefined, look: undefined } }))} />
      <Tabs label={texts.controls.time} tabs={RANGES.map(({ value, label }, index) => ({ label, isCurrent: value === range.value, change: { range: index === 0 ? undefined : value, resolution: undefined } }))} />
      <Tabs
        label={texts.controls.resolution}
        tabs={(['auto', ...resolutionsOf(range, isHourly)] as const).map((value) => ({ label: texts.controls.resolutions[value], isCurrent: value === chosen, change: { resolution: value === 'auto' ? undefined : value } }))}
      />
      {!isHourly && <SeriesChoice />}
      {isBreakdown(by) && (
        <>
          <Tabs
            label={texts.controls.whichPeers}
            tabs={[
              { label: texts.controls.allPeers, isCurrent: of === undefined, change: { of: undefined } },
              { label: texts.controls.online, isCurrent: of === 'online', change: { of: 'online' } },
            ]}
          />
          {/* Groups overlap: on each other, they would add up to more peers than there are. */}
          {by !== 'group' && (
            <Tabs
              label={texts.controls.drawnAs}
              tabs={[
                { label: texts.controls.stacked, isCurrent: look === undefined, change: { look: undefined } },
                { label: texts.controls.lines, isCurrent: look === 'lines', change: { look: 'lines' } },
              ]}
            />
          )}
        </>
      )}
    </div>
  )
}
