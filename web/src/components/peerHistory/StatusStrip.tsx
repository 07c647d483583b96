import clsx from 'clsx'
import type { PeerHistory } from '@/api/types'
import { FILL_TONE } from '@/components/ui/Badge'
import { absolute, duration } from '@/lib/time'
import { flapsIn, lasted, lookOf, placeIn, segments, within, type Span } from './history'
import { texts } from './texts'

interface StatusStripProps {
  history: PeerHistory
  span: Span
  /** All of it in a sentence, for those who do not see it. */
  words: string
}

/** What a peer was in a span, from left to right: what each colour is, is said on hover. */
export function StatusStrip({ history, span, words }: StatusStripProps) {
  return (
    <div role="img" aria-label={words} className="relative h-8 overflow-hidden rounded-md bg-surface-3">
      {segments(history, span).map(({ status, from, to, left, width }) => (
        <span
          key={from}
          title={texts.strip.span({ word: lookOf(status).word, from: absolute(new Date(from)), to: absolute(new Date(to)), lasted: duration(lasted({ from, to })) })}
          className={clsx('absolute inset-y-0', FILL_TONE[lookOf(status).tone], status === 'unknown' && 'opacity-40', status !== 'online' && 'z-10')}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
      ))}
      {flapsIn(history, span).map(({ at, kind }) => (
        <span
          key={`${at} ${kind}`}
          title={(kind === 'away' ? texts.strip.away : texts.strip.there)({ at: absolute(new Date(at)) })}
          className="absolute top-0 z-20 h-2 w-0.5 bg-text-1"
          style={{ left: `${placeIn(span, Date.parse(at))}%` }}
        />
      ))}
    </div>
  )
}

/** Which colour of a strip is what. */
export function StatusLegend({ history, span }: Pick<StatusStripProps, 'history' | 'span'>) {
  const shown = [...new Set(within(history, span).map(({ status }) => status))]
  return (
    <ul aria-label={texts.strip.legend} className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-text-2">
      {shown.map((status) => (
        <li key={status} className="flex items-center gap-1.5">
          <span aria-hidden className={clsx('size-2.5 rounded-xs', status === 'unknown' ? 'border border-text-3 bg-surface-3' : FILL_TONE[lookOf(status).tone])} />
          {lookOf(status).word}
        </li>
      ))}
    </ul>
  )
}
