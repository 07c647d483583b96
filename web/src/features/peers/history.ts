import type { PeerHistory } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { plural } from '@/lib/numbers'
import { DAY, duration, MINUTE } from '@/lib/time'

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

/** What of the periods lies in the last days before the end, cut to them. */
export function lastDays(history: Pick<PeerHistory, 'periods' | 'to'>, days: number): Period[] {
  const from = Date.parse(history.to) - days * DAY
  return history.periods.filter(({ to }) => Date.parse(to) > from).map((period) => (Date.parse(period.from) < from ? { ...period, from: new Date(from).toISOString() } : period))
}

/** A part of a strip, in hundredths of it. */
export interface Segment extends Period {
  left: number
  width: number
}

/** A period is drawn this wide at least, so that a short outage is seen. */
const LEAST = 0.3

/** Where periods lie in a strip of so many days that ends when the history does. */
export function segments(history: Pick<PeerHistory, 'periods' | 'to'>, days: number): Segment[] {
  const [begin, length] = [Date.parse(history.to) - days * DAY, days * DAY]
  return lastDays(history, days).map((period) => ({
    ...period,
    left: ((Date.parse(period.from) - begin) / length) * 100,
    width: Math.max(LEAST, (lasted(period) / length) * 100),
  }))
}

/** "99.95 %", never rounded up to all of it. */
export function share(ratio: number | null | undefined): string {
  if (ratio == null) return 'unknown'
  const hundredths = Math.floor(ratio * 10_000) / 100
  return `${hundredths.toLocaleString(undefined, { maximumFractionDigits: 2 })} %`
}

/** What the number leaves out: time in which nothing was known, and time before the peer was watched. */
export function besides({ days, unknown, watched }: Uptime): string {
  const unwatched = (days * DAY) / 1000 - watched
  const parts = [...(unknown > 0 ? [`${duration(unknown * 1000)} unknown`] : []), ...(unwatched > 60 ? [`watched for ${duration(watched * 1000)}`] : [])]
  return parts.join(', ')
}

/** The last days in a sentence, for those who do not see the strip. */
export function inWords(history: Pick<PeerHistory, 'periods' | 'to' | 'flaps'>, days: number): string {
  const shown = lastDays(history, days)
  const sum = (status?: Status) => shown.filter((period) => status === undefined || period.status === status).reduce((total, period) => total + lasted(period), 0)
  const [watched, unknown, unconfirmed] = [sum(), sum('unknown'), sum('unconfirmed')]
  const span = watched < days * DAY - MINUTE ? `in the ${duration(watched)} that it was watched` : `in ${plural(days, 'day')}`
  if (watched - unknown < MINUTE) return `Nothing is known ${span}.`
  const outages = shown.filter(({ status }) => status === 'offline').length
  const flaps = history.flaps.filter(({ at }) => Date.parse(at) > Date.parse(history.to) - days * DAY).length
  const told = [
    outages === 0 ? 'No outage' : `${plural(outages, 'outage')}, ${duration(sum('offline'))} in all`,
    ...(flaps > 0 ? [`came and went ${plural(flaps, 'time')} for a moment`] : []),
    ...(unconfirmed >= MINUTE ? [`unconfirmed for ${duration(unconfirmed)}`] : []),
    ...(unknown >= MINUTE ? [`unknown for ${duration(unknown)}`] : []),
  ]
  return `${told.join('; ')}, ${span}.`
}
