import clsx from 'clsx'
import { useState, type PointerEvent } from 'react'
import { phrase } from '@/lib/phrase'
import { valueTicks } from './geometry'
import { texts } from './texts'

export interface Bar {
  value: number
  /** All that it says: "28 Nov 2026, UTC: 12 entries". */
  words: string
  /** Below it, where there is room. */
  label: string
}

interface BarsProps {
  /** What they show, for those who hear it. */
  label: string
  bars: readonly [Bar, ...Bar[]]
  format: (value: number) => string
}

const TICKS = 3
/** Where labels stand, of the way from the first bar to the last; a phone has room for the first, the middle and the last. */
const LABELS = [0, 0.25, 0.5, 0.75, 1]

const percent = (part: number): string => `${100 * part}%`

/** Counts side by side. The pointer, or the arrow keys, reads out one of them; without either it is the highest. */
export function Bars({ label, bars, format }: BarsProps) {
  const [pointed, setPointed] = useState<number>()
  const [isKeyed, setKeyed] = useState(false)
  const count = bars.length
  const highest = bars.reduce((best, { value }, index) => (value > (bars[best]?.value ?? 0) ? index : best), 0)
  const ticks = valueTicks(bars[highest]?.value ?? 0, TICKS, true)
  const top = ticks.at(-1) ?? 1
  const shown = pointed !== undefined && pointed < count ? pointed : highest
  const isRead = pointed !== undefined || isKeyed
  const point = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    setPointed(Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count))))
  }
  const labelled = [...new Set(LABELS.map((part) => Math.round(part * (count - 1))))]
  return (
    <figure aria-label={label}>
      <figcaption className="min-h-6 text-13 text-text-2 tabular-nums">
        {isRead ? bars[shown]?.words : phrase(texts.most, { bar: bars[shown]?.words, quiet: (words) => <span className="text-text-3">{words}</span> })}
      </figcaption>
      <input
        type="range"
        aria-label={texts.oneBar({ label })}
        aria-valuetext={bars[shown]?.words}
        min={0}
        max={count - 1}
        value={shown}
        onChange={(event) => setPointed(Number(event.target.value))}
        onFocus={() => setKeyed(true)}
        onBlur={() => {
          setKeyed(false)
          setPointed(undefined)
        }}
        className="peer sr-only"
      />
      <div aria-hidden className="mt-3 flex gap-2 rounded-sm outline-offset-4 peer-focus-visible:outline-2 peer-focus-visible:outline-accent-text">
        <div className="relative h-32 w-8 shrink-0 text-12 text-text-3 tabular-nums">
          {ticks.map((value) => (
            <span key={value} className="absolute right-0 translate-y-1/2 leading-4" style={{ bottom: percent(value / top) }}>
              {format(value)}
            </span>
          ))}
        </div>
        <div className="min-w-0 flex-1">
          <div className="relative h-32 touch-pan-y" onPointerMove={point} onPointerDown={point} onPointerLeave={() => setPointed(undefined)}>
            {ticks.map((value) => (
              <div key={value} className="absolute inset-x-0 border-t border-line" style={{ bottom: percent(value / top) }} />
            ))}
            <div className="absolute inset-0 flex items-end">
              {bars.map(({ value }, index) => (
                <div key={index} className={clsx('flex h-full flex-1 items-end justify-center rounded-t-xs px-px', isRead && index === shown && 'bg-surface-3')}>
                  <div className="w-full max-w-10 rounded-t-xs bg-accent" style={{ height: percent(value / top) }} />
                </div>
              ))}
            </div>
          </div>
          <div className="relative mt-1.5 h-4 text-12 text-text-3 tabular-nums">
            {labelled.map((index, place) => {
              const isFirst = place === 0 && count > 1
              const isLast = place === labelled.length - 1 && count > 1
              return (
                <span
                  key={index}
                  className={clsx('absolute whitespace-nowrap', isLast ? 'right-0' : !isFirst && '-translate-x-1/2', place % 2 === 1 && !isLast && 'max-sm:hidden')}
                  style={isLast ? undefined : { left: isFirst ? 0 : percent((index + 0.5) / count) }}
                >
                  {bars[index]?.label}
                </span>
              )
            })}
          </div>
        </div>
      </div>
    </figure>
  )
}
