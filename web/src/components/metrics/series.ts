import type { DashboardMetrics } from '@/api/types'
import { named } from '@/lib/named'
import { grouped, plural } from '@/lib/numbers'
import { dayAndHour, HOUR, hourLabel, MINUTE, utcDay } from '@/lib/time'
import type { ChartLine } from '../chart/Chart'

export type Series = DashboardMetrics['series'][number]
export type SeriesName = Series['name']
type Resolution = DashboardMetrics['resolution']

type Look = Pick<ChartLine, 'title' | 'tone' | 'pen'>

const LOOKS: Readonly<Record<SeriesName, Look>> = {
  peers_total: { title: 'All peers', tone: 'muted', pen: 'dotted' },
  peers_online: { title: 'Online', tone: 'ok' },
  peers_offline: { title: 'Offline', tone: 'bad', pen: 'dashed' },
  peers_unconfirmed: { title: 'Unconfirmed', tone: 'warn', pen: 'dotted' },
  uptime: { title: 'Uptime', tone: 'ok' },
  sync_duration: { title: 'Sync duration', tone: 'info' },
  sync_failures: { title: 'Minutes with a failed sync', tone: 'bad' },
}

/** In the order of the API, which answers all of them so. */
export const SERIES = Object.keys(LOOKS) as readonly SeriesName[]

/** How a series is shown; one that only a newer server knows by its own name. */
export const lookOf = (name: string): Look => named<Look>(LOOKS, name, (title) => ({ title, tone: 'accent' }))

/** Means of counts have a fraction, of which a tenth says enough. */
const tenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

const hundredths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })

/** A value with its unit where that is not said anyway. */
export function valueWords(unit: string, value: number): string {
  if (unit === 'percent') return `${hundredths.format(value)} %`
  if (unit !== 'ms') return tenths.format(value)
  return value < 1000 ? `${grouped(Math.round(value))} ms` : `${tenths.format(value / 1000)} s`
}

export const UNIT_TITLES: Readonly<Record<Series['unit'], string>> = { peers: 'Peers', percent: 'Uptime', ms: 'Sync duration', minutes: 'Failed syncs', times: 'Departures', alerts: 'Alerts' }

const LENGTHS: Readonly<Record<Resolution, number>> = { '1m': MINUTE, '1h': HOUR, '1d': 24 * HOUR }

export const stepOf = (resolution: Resolution): number => LENGTHS[resolution]

/** Days are those of UTC: the reader's own would be others. */
export function timeWords(at: number, resolution: Resolution): string {
  if (resolution === '1d') return utcDay(new Date(at))
  return resolution === '1h' ? `${dayAndHour(new Date(at))} – ${hourLabel(new Date(at + HOUR))}` : dayAndHour(new Date(at))
}

/** Of how many accounts a point tells, where that is not all of them. */
export function coverage(all: number, series: readonly { points: readonly { accounts: number }[] }[], index: number): string {
  const told = series.reduce((most, { points }) => Math.max(most, points[index]?.accounts ?? 0), 0)
  return told > 0 && told < all ? ` (${grouped(told)} of ${plural(all, 'account')})` : ''
}

export const lineOf = ({ name, points }: Series): ChartLine => ({ ...lookOf(name), id: name, values: points.map(({ value }) => value ?? null) })

/** Whether anything at all is known. */
export const isKnown = ({ series, own, hourly, parts }: Pick<DashboardMetrics, 'series' | 'own' | 'hourly' | 'parts'>): boolean =>
  [...series, ...own, ...hourly].some(({ points }) => points.some(({ value }) => typeof value === 'number')) || parts.some(({ points }) => points.some(({ total }) => typeof total === 'number'))
