import clsx from 'clsx'
import { useCallback, useId, useState, type PointerEvent } from 'react'
import { UNKNOWN } from '@/lib/numbers'
import { dayLabel, hourLabel } from '@/lib/time'
import { areaPath, bandPath, gaps, linePath, stacked, timeTicks, valueTicks, type Values } from './geometry'
import { Hatched, Hatches } from './Hatches'
import { FILL, PENS, STROKE, type ChartTone, type Hatch, type Pen } from './looks'
import { texts } from './texts'

/** A line by its colour and its pen: colour alone tells nobody. */
export interface ChartLine {
  id: string
  title: string
  tone: ChartTone
  pen?: Pen
  /** Of its area, in a stack. */
  hatch?: Hatch
  values: Values
}

interface ChartProps {
  /** What it shows, for those who hear it. */
  label: string
  lines: readonly ChartLine[]
  /** When each point begins, in milliseconds since 1970, evenly apart. */
  times: readonly number[]
  /** How far apart they are. */
  step: number
  format: (value: number) => string
  /** Values are counts. */
  isWhole?: boolean
  /** A point's time in words, and what else there is to say of it. */
  pointWords: (index: number) => string
  /** In pixels. */
  height?: number
  /** Lines are parts of a whole, and stand on each other. */
  isStacked?: boolean
}

const HEIGHT = 200
const LEFT = 58
const RIGHT = 12
const TOP = 8
const BOTTOM = 24
/** Before it is measured. */
const USUAL_WIDTH = 720
/** What a time below the chart needs. */
const TIME_WIDTH = 76
const VALUE_STEPS = 4

function useWidth() {
  const [width, setWidth] = useState(USUAL_WIDTH)
  const attach = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const measure = () => setWidth(Math.max(200, Math.floor(element.getBoundingClientRect().width)))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { width, attach }
}

/** The ground of a gap is no line's. */
function GapKey() {
  return (
    <li className="flex items-center gap-1.5 whitespace-nowrap text-text-3">
      <span aria-hidden className="size-3 rounded-xs border border-line bg-surface-3" />
      {texts.nothingKnown}
    </li>
  )
}

/** `hatches`: whose an area is hatched by, in a stack. */
function Key({ line, hatches, children }: { line: ChartLine; hatches: string | undefined; children: string }) {
  return (
    <li className="flex max-w-full items-center gap-1.5 whitespace-nowrap">
      {hatches === undefined ? (
        <svg aria-hidden width="20" height="8" className="shrink-0">
          <path d="M1 4H19" strokeWidth="2" strokeLinecap="round" strokeDasharray={PENS[line.pen ?? 'solid']} className={STROKE[line.tone]} />
        </svg>
      ) : (
        <svg aria-hidden width="14" height="12" className="shrink-0 rounded-xs">
          <Hatched d="M0 0H14V12H0Z" tone={line.tone} hatch={line.hatch ?? 'plain'} of={hatches} />
        </svg>
      )}
      <span className="min-w-0 truncate text-text-2" title={line.title}>
        {line.title}
      </span>
      <strong className="font-semibold tabular-nums">{children}</strong>
    </li>
  )
}

/**
 * Lines over time. What is not known is a gap with a ground of its own. The pointer, or the arrow keys, reads out one
 * point; without either it is the last of which something is known.
 */
export function Chart({ label, lines, times, step, format, isWhole = false, pointWords, height = HEIGHT, isStacked = false }: ChartProps) {
  const hatches = useId()
  const plot = height - TOP - BOTTOM
  const { width, attach } = useWidth()
  const [pointed, setPointed] = useState<number>()
  const [isKeyed, setKeyed] = useState(false)
  const count = times.length
  const from = times[0] ?? 0
  const to = from + count * step
  const across = width - LEFT - RIGHT
  const xAt = (time: number) => LEFT + ((time - from) / Math.max(1, to - from)) * across
  // A point stands for the whole of its step.
  const x = (index: number) => xAt(from + (index + 0.5) * step)
  const bands = isStacked ? stacked(lines.map(({ values }) => values)) : undefined
  const heights = bands ? bands.slice(-1).map(({ upper }) => upper) : lines.map(({ values }) => values)
  const greatest = heights.reduce((most, values) => values.reduce<number>((found, value) => Math.max(found, value ?? 0), most), 0)
  const ticks = valueTicks(greatest, VALUE_STEPS, isWhole)
  const y = (value: number) => TOP + plot * (1 - value / (ticks.at(-1) ?? 1))
  const unknown = gaps(lines.map(({ values }) => values))
  const last = times.findLastIndex((_, index) => lines.some(({ values }) => (values[index] ?? null) !== null))
  const shown = pointed !== undefined && pointed < count ? pointed : last
  const words = (index: number) => (index < 0 ? texts.nothingKnown : texts.atPoint({ point: pointWords(index), values: lines.map(({ title, values }) => `${title} ${valueWords(values[index], format)}`) }))
  const point = ({ clientX, currentTarget }: PointerEvent) => {
    const place = (clientX - currentTarget.getBoundingClientRect().left - LEFT) / across
    setPointed(Math.min(count - 1, Math.max(0, Math.floor(place * count))))
  }
  return (
    <figure aria-label={label} className="relative">
      <figcaption className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 px-1 text-13">
        <span className="text-text-3 tabular-nums">{shown < 0 ? UNKNOWN : pointWords(shown)}</span>
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {lines.map((line) => (
            <Key key={line.id} line={line} hatches={bands && hatches}>
              {valueWords(line.values[shown], format)}
            </Key>
          ))}
          {unknown.length > 0 && <GapKey />}
        </ul>
      </figcaption>
      {count > 0 && (
        <input
          type="range"
          aria-label={texts.onePoint({ label })}
          aria-valuetext={words(shown)}
          min={0}
          max={count - 1}
          value={Math.max(0, shown)}
          onChange={(event) => setPointed(Number(event.target.value))}
          onFocus={() => setKeyed(true)}
          onBlur={() => {
            setKeyed(false)
            setPointed(undefined)
          }}
          className="peer sr-only"
        />
      )}
      {/* What is drawn before the width is known, or while it changes, must not widen what is measured. */}
      <div ref={attach} style={{ height }} className="relative mt-2 overflow-hidden rounded-sm outline-offset-2 peer-focus-visible:outline-2 peer-focus-visible:outline-accent-text">
        <svg aria-hidden width={width} height={height} className="absolute top-0 left-0 touch-pan-y" onPointerMove={point} onPointerDown={point} onPointerLeave={() => setPointed(undefined)}>
          {unknown.map(({ first, last: end }) => (
            <rect key={first} x={xAt(from + first * step)} width={xAt(from + (end + 1) * step) - xAt(from + first * step)} y={TOP} height={plot} className="fill-surface-3" />
          ))}
          {ticks.map((value) => (
            <g key={value}>
              <path d={`M${LEFT} ${y(value)}H${width - RIGHT}`} className="stroke-line" />
              <text x={LEFT - 8} y={y(value) + 4} textAnchor="end" className="fill-text-3 text-12 tabular-nums">
                {format(value)}
              </text>
            </g>
          ))}
          {timeTicks(from, to, Math.max(2, Math.floor(across / TIME_WIDTH))).map((at) => (
            <text key={at} x={Math.min(xAt(at), width - RIGHT - TIME_WIDTH / 3)} y={height - 6} textAnchor="middle" className="fill-text-3 text-12 tabular-nums">
              {isMidnight(at) ? dayLabel(new Date(at)) : hourLabel(new Date(at))}
            </text>
          ))}
          {bands && <Hatches of={hatches} />}
          {bands?.map((band, index) => {
            const { id, tone, hatch = 'plain' } = lines[index] ?? {}
            return (
              tone && (
                <g key={id}>
                  <Hatched d={bandPath(band, x, y)} tone={tone} hatch={hatch} of={hatches} />
                  {/* A point between two gaps has no area. */}
                  <path d={linePath(band.upper, x, y)} fill="none" strokeWidth={1} strokeLinecap="round" className={STROKE[tone]} />
                </g>
              )
            )
          })}
          {!bands &&
            lines.filter(({ tone }) => hasArea(tone)).map(({ id, tone, values }) => <path key={id} d={areaPath(values, x, y)} className={clsx(FILL[tone], 'opacity-10')} />)}
          {!bands &&
            lines.map(({ id, tone, pen = 'solid', values }) => (
              <path key={id} d={linePath(values, x, y)} fill="none" strokeWidth={count > 400 ? 1.5 : 2} strokeLinecap="round" strokeLinejoin="round" strokeDasharray={PENS[pen]} className={STROKE[tone]} />
            ))}
          {pointed !== undefined || isKeyed ? (
            <g>
              <path d={`M${x(shown)} ${TOP}V${TOP + plot}`} className="stroke-text-3" />
              {lines.map(({ id, tone, values }, index) => {
                const value = (bands ? bands[index]?.upper : values)?.[shown] ?? null
                return value !== null && <circle key={id} cx={x(shown)} cy={y(value)} r={3.5} strokeWidth={2} className={clsx(FILL[tone], 'stroke-surface-1')} />
              })}
            </g>
          ) : null}
        </svg>
      </div>
    </figure>
  )
}

const valueWords = (value: number | null | undefined, format: (value: number) => string): string => (typeof value === 'number' ? format(value) : UNKNOWN)

/** Areas of many lines would hide each other. */
const hasArea = (tone: ChartTone): boolean => tone !== 'muted' && tone !== 'rest' && !tone.startsWith('part')

const isMidnight = (at: number): boolean => new Date(at).setHours(0, 0, 0, 0) === at
