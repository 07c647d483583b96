import type { PeerHistory } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { DAY, duration, MINUTE } from '@/lib/time'
import { texts } from './texts'

type Period = PeerHistory['periods'][number]
type Status = Period['status']
type Uptime = PeerHistory['uptime'][number]

interface Look {
  word: string
  tone: Tone
}

const LOOKS: Record<Status, Look> = {
  online: { word: 'Online', tone: 'ok' },
  offline: { word: 'Offline', tone: 'bad' },
  unconfirmed: { word: 'Unconfirmed', tone: 'warn' },
  unknown: { word: 'Unknown', tone: 'muted' },
}

/** How a status is shown; one that only a newer server knows by its own name. */
export const lookOf = (status: string): Look => named<Look>(LOOKS, status, (word) => ({ word, tone: 'muted' }))

export const lasted = ({ from, to }: Pick<Period, 'from' | 'to'>): number => Date.parse(to) - Date.parse(from)

/** A time that is looked at, in milliseconds. */
export interface Span {
  from: number
  to: number
}

/** The days before the history's end. */
export function lastDays({ to }: Pick<PeerHistory, 'to'>, days: number): Span {
  const end = Date.parse(to)
  return { from: end - days * DAY, to: end }
}

/** What of the periods lies in a span, cut to it. */
export function within({ periods }: Pick<PeerHistory, 'periods'>, span: Span): Period[] {
  const cut = (at: string): string => new Date(Math.min(span.to, Math.max(span.from, Date.parse(at)))).toISOString()
  return periods.filter(({ from, to }) => Date.parse(to) > span.from && Date.parse(from) < span.to).map((period) => ({ ...period, from: cut(period.from), to: cut(period.to) }))
}

/** How far into a span a moment is, in hundredths of it. */
export const placeIn = ({ from, to }: Span, at: number): number => (Math.min(1, Math.max(0, (at - from) / (to - from))) * 100)

/** What came and went within a span. */
export const flapsIn = ({ flaps }: Pick<PeerHistory, 'flaps'>, { from, to }: Span) => flaps.filter(({ at }) => Date.parse(at) > from && Date.parse(at) <= to)

/** A part of a strip, in hundredths of it. */
export interface Segment extends Period {
  left: number
  width: number
}

/** A period is drawn this wide at least, so that a short outage is seen. */
const LEAST = 0.3

/** Where periods lie in a strip of a span. */
export const segments = (history: Pick<PeerHistory, 'periods'>, span: Span): Segment[] =>
  within(history, span).map((period) => ({
    ...period,
    left: placeIn(span, Date.parse(period.from)),
    width: Math.max(LEAST, (lasted(period) / (span.to - span.from)) * 100),
  }))

/** "99.95 %", never rounded up to all of it. */
export function share(ratio: number | null | undefined): string {
  if (ratio == null) return texts.history.unknown
  const hundredths = Math.floor(ratio * 10_000) / 100
  return `${hundredths.toLocaleString(undefined, { maximumFractionDigits: 2 })} %`
}

/** What the number leaves out: time in which nothing was known, and time before the peer was watched. */
export function besides({ days, unknown, watched }: Uptime): string {
  const unwatched = (days * DAY) / 1000 - watched
  const parts = [...(unknown > 0 ? [texts.history.partUnknown({ time: duration(unknown * 1000) })] : []), ...(unwatched > 60 ? [texts.history.watchedFor({ time: duration(watched * 1000) })] : [])]
  return parts.join(', ')
}

/** A span in a sentence, for those who do not see the strip; what it is called, as in "7 days". */
export function inWords(history: Pick<PeerHistory, 'periods' | 'flaps'>, span: Span, called: string): string {
  const shown = within(history, span)
  const sum = (status?: Status) => shown.filter((period) => status === undefined || period.status === status).reduce((total, period) => total + lasted(period), 0)
  const [watched, unknown, unconfirmed] = [sum(), sum('unknown'), sum('unconfirmed')]
  const when = watched < span.to - span.from - MINUTE ? texts.history.whileWatched({ time: duration(watched) }) : texts.history.inSpan({ span: called })
  if (watched - unknown < MINUTE) return texts.history.nothingKnown({ when })
  const outages = shown.filter(({ status }) => status === 'offline').length
  const flaps = flapsIn(history, span).length
  const told = [
    outages === 0 ? texts.history.noOutage : texts.history.outages({ count: outages, time: duration(sum('offline')) }),
    ...(flaps > 0 ? [texts.history.flaps({ count: flaps })] : []),
    ...(unconfirmed >= MINUTE ? [texts.history.unconfirmedFor({ time: duration(unconfirmed) })] : []),
    ...(unknown >= MINUTE ? [texts.history.unknownFor({ time: duration(unknown) })] : []),
  ]
  return texts.history.told({ told, when })
}
