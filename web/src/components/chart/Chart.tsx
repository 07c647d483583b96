import clsx from 'clsx'
import { useCallback, useState, type PointerEvent } from 'react'
import { UNKNOWN } from '@/lib/numbers'
import { dayLabel, hourLabel } from '@/lib/time'
import { areaPath, gaps, linePath, timeTicks, valueTicks, type Values } from './geometry'

/** A line by its colour and its pen: colour alone tells nobody. */
export interface ChartLine {
  id: string
  title: string
  /** One that is muted is what the others are parts of, and has no area. */
  tone: 'ok' | 'warn' | 'bad' | 'info' | 'accent' | 'muted'
  pen?: 'solid' | 'dashed' | 'dotted'
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
}

const STROKE = { ok: 'stroke-ok', warn: 'stroke-warn', bad: 'stroke-bad', info: 'stroke-info', accent: 'stroke-accent-text', muted: 'stroke-text-3' }
const FILL = { ok: 'fill-ok', warn: 'fill-warn', bad: 'fill-bad', info: 'fill-info', accent: 'fill-accent-text', muted: 'fill-text-3' }
const PEN = { solid: undefined, dashed: '6 4', dotted: '1 4' }

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
      nothing known
    </li>
  )
}

function Key({ line, children }: { line: ChartLine; children: string }) {
  return (
    <li className="flex items-center gap-1.5 whitespace-nowrap">
      <svg aria-hidden width="20" height="8" className="shrink-0">
        <path d="M1 4H19" strokeWidth="2" strokeLinecap="round" strokeDasharray={PEN[line.pen ?? 'solid']} className={STROKE[line.tone]} />
      </svg>
      <span className="text-text-2">{line.title}</span>
      <strong className="font-semibold tabular-nums">{children}</strong>
    </li>
  )
}

/**
 * Lines over time. What is not known is a gap with a ground of its own. The pointer, or the arrow keys, reads out one
 * point; without either it is the last of which something is known.
 */
export function Chart({ label, lines, times, step, format, isWhole = false, pointWords, height = HEIGHT }: ChartProps) {
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
  const greatest = lines.reduce((most, { values }) => values.reduce<number>((found, value) => Math.max(found, value ?? 0), most), 0)
  const ticks = valueTicks(greatest, VALUE_STEPS, isWhole)
  const y = (value: number) => TOP + plot * (1 - value / (ticks.at(-1) ?? 1))
  const unknown = gaps(lines.map(({ values }) => values))
  const last = times.findLastIndex((_, index) => lines.some(({ values }) => (values[index] ?? null) !== null))
  const shown = pointed !== undefined && pointed < count ? pointed : last
  const words = (index: number) => (index < 0 ? 'nothing known' : `${pointWords(index)}: ${lines.map(({ title, values }) => `${title} ${valueWords(values[index], format)}`).join(', ')}`)
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
            <Key key={line.id} line={line}>
              {valueWords(line.values[shown], format)}
            </Key>
          ))}
          {unknown.length > 0 && <GapKey />}
        </ul>
      </figcaption>
      {count > 0 && (
        <input
          type="range"
          aria-label={`${label}: point`}
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
          {lines
            .filter(({ tone }) => tone !== 'muted')
            .map(({ id, tone, values }) => (
              <path key={id} d={areaPath(values, x, y)} className={clsx(FILL[tone], 'opacity-10')} />
            ))}
          {lines.map(({ id, tone, pen = 'solid', values }) => (
            <path key={id} d={linePath(values, x, y)} fill="none" strokeWidth={count > 400 ? 1.5 : 2} strokeLinecap="round" strokeLinejoin="round" strokeDasharray={PEN[pen]} className={STROKE[tone]} />
          ))}
          {pointed !== undefined || isKeyed ? (
            <g>
              <path d={`M${x(shown)} ${TOP}V${TOP + plot}`} className="stroke-text-3" />
              {lines.map(({ id, tone, values }) => {
                const value = values[shown] ?? null
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

const isMidnight = (at: number): boolean => new Date(at).setHours(0, 0, 0, 0) === at
