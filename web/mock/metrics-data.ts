import type { DashboardMetrics } from '../src/api/types'
import { ownMetrics } from './own-metrics-data'
import { DAY, HOUR, MINUTE } from './times'

type Series = DashboardMetrics['series'][number]

const STEPS = { '1m': MINUTE, '1h': HOUR, '1d': DAY } as const

export const UNITS: Readonly<Record<Series['name'], Series['unit']>> = {
  peers_total: 'peers',
  peers_online: 'peers',
  peers_offline: 'peers',
  peers_unconfirmed: 'peers',
  uptime: 'percent',
  sync_duration: 'ms',
  sync_failures: 'minutes',
}

export const combinedOf = (name: Series['name']): Series['combined'] => (name === 'sync_duration' || name === 'uptime' ? 'mean' : 'sum')

const NAMES = Object.keys(UNITS) as Series['name'][]

const named = (query: URLSearchParams): Series['name'][] => {
  const wanted = query.get('series')?.split(',')
  return wanted ? NAMES.filter((name) => wanted.includes(name)) : NAMES
}

const pushedOf = (query: URLSearchParams) => ownMetrics().filter(({ id }) => query.get('series')?.split(',').includes(`custom.${id}`))

/** Of the point that is `place` of the whole, from 0 to 1; a server is away for a while before the end. */
function valueAt(name: Series['name'], place: number, isCalm: boolean): number | null {
  if (place > 0.55 && place < 0.62) return null
  const offline = (isCalm ? 0 : 3 + Math.round(2 * Math.sin(place * 19))) + (place > 0.8 && place < 0.84 ? 9 : 0)
  const unconfirmed = place > 0.3 && place < 0.5 ? 1 : 0
  switch (name) {
    case 'peers_total':
      return 60
    case 'peers_online':
      return 60 - offline - unconfirmed
    case 'peers_offline':
      return offline
    case 'peers_unconfirmed':
      return unconfirmed
    case 'uptime':
      return Math.round((10_000 * (60 - offline - unconfirmed)) / 60) / 100
    case 'sync_duration':
      return Math.round(420 + 180 * Math.sin(place * 31) + (place > 0.8 && place < 0.84 ? 900 : 0))
    case 'sync_failures':
      return place > 0.5 && place <= 0.55 ? 2 : 0
  }
}

export const PARTS: Readonly<Record<DashboardMetrics['parts'][number]['by'], readonly (readonly [value: string, peers: number])[]>> = {
  group: [['laptops', 31], ['servers', 17], ['contractors', 9], ['routers', 4], ['', 2]],
  os: [['Debian 12', 21], ['macOS 15.1', 14], ['Windows 11', 9], ['Ubuntu 24.04', 6], ['Android 15', 3], ['', 1]],
  version: [['0.60.2', 18], ['0.60.1', 11], ['0.59.7', 7], ['0.58.0', 5], ['0.57.1', 4], ['0.55.2', 3], ['0.52.0', 3], ['0.49.0', 2], ['0.45.3', 2], ['development', 1], ['', 4]],
  country: [['DE', 38], ['FR', 11], ['CH', 5], ['', 6]],
}

/** Of the hours: one client after the other is updated, and an outage is one of all. */
function partsAt(by: keyof typeof PARTS, place: number): { total: number | null; online: number | null }[] {
  const isGap = place > 0.55 && place < 0.62
  return PARTS[by].map(([, peers], index) => {
    const total = by === 'version' && index < 2 ? Math.round(index === 0 ? peers * Math.min(1, 0.2 + place) : peers + 18 * Math.max(0, 0.8 - place)) : peers
    return isGap ? { total: null, online: null } : { total, online: Math.max(0, total - Math.round((place > 0.8 && place < 0.84 ? 0.3 : 0.06) * total)) }
  })
}

const HOURLY: Readonly<Record<DashboardMetrics['hourly'][number]['name'], (place: number) => number>> = {
  peer_flaps: (place) => (Math.sin(place * 71) > 0.7 ? 2 : 0),
  peer_departures: (place) => Math.max(0, Math.round(2 * Math.sin(place * 23))) + (place > 0.8 && place < 0.84 ? 9 : 0),
  alerts_open: (place) => (place > 0.8 && place < 0.9 ? 3 : 1),
  alerts_triggered: (place) => (place > 0.8 && place < 0.82 ? 2 : 0),
}

type HourlyName = keyof typeof HOURLY

/** What is kept by the hour, where it is asked for. */
function byTheHour(query: URLSearchParams, times: readonly string[], accounts: number): Pick<DashboardMetrics, 'parts' | 'hourly'> {
  const places = times.map((_, index) => index / times.length)
  const of = (place: number) => (accounts === 0 || (place > 0.55 && place < 0.62) ? 0 : accounts)
  const by = (query.get('by')?.split(',') ?? []) as (keyof typeof PARTS)[]
  const wanted = (query.get('series')?.split(',') ?? []).filter((name): name is HourlyName => name in HOURLY)
  return {
    parts: by.flatMap((one) =>
      PARTS[one].map(([value], index) => ({
        by: one,
        value,
        isOther: one === 'version' && index === 10,
        points: times.map((time, at) => ({ time, ...(accounts === 0 ? { total: null, online: null } : (partsAt(one, places[at] ?? 0)[index] ?? { total: null, online: null })), accounts: of(places[at] ?? 0) })),
      })),
    ),
    hourly: wanted.map((name) => ({
      name,
      unit: name.startsWith('alerts') ? 'alerts' : 'times',
      points: times.map((time, at) => ({ time, value: of(places[at] ?? 0) === 0 ? null : HOURLY[name](places[at] ?? 0), accounts: of(places[at] ?? 0) })),
    })),
  }
}

/** As the API answers; `nothing` where no account was ever synced. */
export function metrics(query: URLSearchParams, nothing: boolean): DashboardMetrics {
  const now = Date.now()
  const from = Date.parse(query.get('from') ?? new Date(now - DAY).toISOString())
  const hours = (now - from) / HOUR
  const wanted = query.get('resolution') ?? 'auto'
  const isHourly = query.has('by') || (query.get('series')?.split(',') ?? []).some((name) => name in HOURLY)
  const resolution = wanted === '1m' || wanted === '1h' || wanted === '1d' ? wanted : hours <= 24.1 && !isHourly ? '1m' : hours <= 1440 ? '1h' : '1d'
  const step = STEPS[resolution]
  const first = Math.floor(from / step) * step
  const count = Math.ceil((now - first) / step)
  const accounts = nothing ? 0 : query.has('accountId') ? 1 : 2
  const point = (name: Series['name'], index: number) => {
    const value = nothing ? null : valueAt(name, index / count, query.get('accountId') === 'acc-field')
    // One of the accounts was connected later.
    const of = value === null ? 0 : accounts === 2 && index < count / 10 ? 1 : accounts
    return { time: new Date(first + index * step).toISOString(), value, samples: of, accounts: of }
  }
  return {
    from: new Date(first).toISOString(),
    to: new Date(first + count * step).toISOString(),
    resolution,
    accounts,
    accountsWithoutData: [],
    ...byTheHour(query, Array.from({ length: count }, (_, index) => new Date(first + index * step).toISOString()), accounts),
    series: (query.has('by') && !query.has('series') ? [] : named(query)).map((name) => ({ name, unit: UNITS[name], combined: combinedOf(name), points: Array.from({ length: count }, (_, index) => point(name, index)) })),
    own: pushedOf(query).map(({ id, accountId, name, unit, tags }) => ({
      id,
      accountId,
      name,
      unit,
      tags,
      points: Array.from({ length: count }, (_, index) => {
        const value = index / count > 0.4 && index / count < 0.46 ? null : Math.round(240 + 40 * ((index / count) * 24 % 6)) / 10
        return { time: new Date(first + index * step).toISOString(), value, samples: value === null ? 0 : 1, accounts: value === null ? 0 : 1 }
      }),
    })),
    asOf: new Date(now).toISOString(),
  }
}
