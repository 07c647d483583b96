import clsx from 'clsx'
import { FILL, type ChartTone, type Hatch } from './looks'

const DRAWN: Readonly<Record<Exclude<Hatch, 'plain'>, string>> = {
  rising: 'M-1 7L7 -1M5 7L7 5M-1 1L1 -1',
  falling: 'M-1 -1L7 7M5 -1L7 1M-1 5L1 7',
  dotted: 'M1.5 1.5h0M4.5 4.5h0',
}

/** The hatches of one drawing, under names that begin with its own. */
export function Hatches({ of }: { of: string }) {
  return (
    <defs>
      {(Object.keys(DRAWN) as (keyof typeof DRAWN)[]).map((hatch) => (
        <pattern key={hatch} id={`${of}-${hatch}`} width="6" height="6" patternUnits="userSpaceOnUse">
          <path d={DRAWN[hatch]} fill="none" strokeWidth={hatch === 'dotted' ? 1.6 : 1.2} strokeLinecap="round" className="stroke-surface-1 opacity-70" />
        </pattern>
      ))}
    </defs>
  )
}

interface HatchedProps {
  d: string
  tone: ChartTone
  hatch: Hatch
  /** Whose hatches these are. */
  of: string
}

/** An area in its colour, and its hatch over it. */
export function Hatched({ d, tone, hatch, of }: HatchedProps) {
  return (
    <>
      <path d={d} className={clsx(FILL[tone], tone === 'rest' && 'opacity-60')} />
      {hatch !== 'plain' && <path d={d} fill={`url(#${of}-${hatch})`} />}
    </>
  )
}
