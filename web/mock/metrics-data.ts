import type { DashboardMetrics, TrendData } from '../src/api/types'
import { ownMetrics } from './own-metrics-data'
import { DAY, HOUR, MINUTE } from './times'

type Series = DashboardMetrics['series'][number]

const STEPS = { '1m': MINUTE, '1h': HOUR, '1d': DAY } as const

const UNITS: Readonly<Record<Series['name'], Series['unit']>> = {
  peers_total: 'peers',
  peers_online: 'peers',
  peers_offline: 'peers',
  peers_unconfirmed: 'peers',
  sync_duration: 'ms',
  sync_failures: 'minutes',
}

const NAMES = Object.keys(UNITS) as Series['name'][]

const named = (query: URLSearchParams): Series['name'][] => {
  const wanted = query.get('series')?.split(',')
  return wanted ? NAMES.filter((name) => wanted.includes(name)) : NAMES
}

const pushedOf = (query: URLSearchParams) => ownMetrics().filter(({ id }) => query.get('series')?.split(',').includes(`custom.${id}`))

/** Of the point that is `place` of the whole, from 0 to 1; a server is away for a while before the end. */
function valueAt(name: Series['name'], place: number): number | null {
  if (place > 0.55 && place < 0.62) return null
  const offline = 3 + Math.round(2 * Math.sin(place * 19)) + (place > 0.8 && place < 0.84 ? 9 : 0)
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
    case 'sync_duration':
      return Math.round(420 + 180 * Math.sin(place * 31) + (place > 0.8 && place < 0.84 ? 900 : 0))
    case 'sync_failures':
      return place > 0.5 && place <= 0.55 ? 2 : 0
  }
}

/** As the API answers; `nothing` where no account was ever synced. */
export function metrics(query: URLSearchParams, nothing: boolean): DashboardMetrics {
  const now = Date.now()
  const from = Date.parse(query.get('from') ?? new Date(now - DAY).toISOString())
  const hours = (now - from) / HOUR
  const wanted = query.get('resolution') ?? 'auto'
  const resolution = wanted === '1m' || wanted === '1h' || wanted === '1d' ? wanted : hours <= 24.1 ? '1m' : hours <= 1440 ? '1h' : '1d'
  const step = STEPS[resolution]
  const first = Math.floor(from / step) * step
  const count = Math.ceil((now - first) / step)
  const accounts = nothing ? 0 : query.has('accountId') ? 1 : 2
  const point = (name: Series['name'], index: number) => {
    const value = nothing ? null : valueAt(name, index / count)
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
    series: named(query).map((name) => ({ name, unit: UNITS[name], combined: name === 'sync_duration' ? 'mean' : 'sum', points: Array.from({ length: count }, (_, index) => point(name, index)) })),
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

const BEFORE: Readonly<Partial<Record<Series['name'], [now: number, dayAgo: number, weekAgo: number | null]>>> = {
  peers_total: [60, 60, 57],
  peers_online: [56, 57.4, 52],
  peers_offline: [3, 1.6, 5],
  sync_duration: [431, 1240, null],
}

export function trends(query: URLSearchParams): TrendData[] {
  const accounts = query.has('accountId') ? 1 : 2
  return named(query).map((name) => {
    const [now, dayAgo, weekAgo] = BEFORE[name] ?? [0, 0, null]
    const then = (value: number | null, ago: number, of: number) => ({
      time: new Date(Math.floor((Date.now() - ago) / HOUR) * HOUR).toISOString(),
      value,
      accounts: value === null ? 0 : of,
      change: value === null ? null : now - value,
      changePercent: value ? (100 * (now - value)) / value : null,
    })
    return { name, unit: UNITS[name], combined: name === 'sync_duration' ? 'mean' : 'sum', accounts, now, nowAccounts: accounts, dayAgo: then(dayAgo, DAY, accounts), weekAgo: then(weekAgo, 7 * DAY, 1), asOf: new Date().toISOString() }
  })
}
