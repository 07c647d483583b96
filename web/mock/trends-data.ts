import type { TrendData } from '../src/api/types'
import { combinedOf, PARTS, UNITS } from './metrics-data'
import { DAY, HOUR } from './times'

type Name = TrendData['name']

const BY_THE_HOUR: Readonly<Partial<Record<Name, TrendData['unit']>>> = { peer_flaps: 'times', peer_departures: 'times', alerts_open: 'alerts', alerts_triggered: 'alerts' }

type Numbers = readonly [now: number, dayAgo: number | null, weekAgo: number | null, monthAgo: number | null, quarterAgo: number | null]

const NUMBERS: Readonly<Record<Name, Numbers>> = {
  peers_total: [60, 60, 57, 52, 41],
  peers_online: [56, 57.4, 52, 47.8, 36.2],
  peers_offline: [3, 1.6, 5, 4.1, 4.8],
  peers_unconfirmed: [1, 1, 0, 0.1, 0],
  uptime: [93.33, 95.67, 91.23, 92.1, 88.3],
  sync_duration: [431, 1240, null, 512, null],
  sync_failures: [2, 0, 0, 11, null],
  peer_flaps: [4, 9, 2, 3, null],
  peer_departures: [12, 7, 6, 8, null],
  alerts_open: [2, 1, 0.5, 1.2, null],
  alerts_triggered: [7, 3, 0, 4, null],
}

const NAMES = Object.keys(NUMBERS) as Name[]

const startOf = (ago: number, step: number): string => new Date(Math.floor((Date.now() - ago) / step) * step).toISOString()

function trend(name: Name, accounts: number, [now, dayAgo, weekAgo, monthAgo, quarterAgo]: Numbers, more: Partial<TrendData> = {}): TrendData {
  const then = (value: number | null, time: string, of: number) => ({
    time,
    value,
    accounts: value === null ? 0 : of,
    change: value === null ? null : now - value,
    changePercent: value ? (100 * (now - value)) / value : null,
  })
  const hourly = BY_THE_HOUR[name]
  return {
    name,
    unit: hourly ?? UNITS[name as keyof typeof UNITS],
    combined: hourly ? 'sum' : combinedOf(name as keyof typeof UNITS),
    accounts,
    now,
    nowAccounts: accounts,
    dayAgo: then(dayAgo, startOf(DAY, HOUR), accounts),
    // One of the accounts was connected later.
    weekAgo: then(weekAgo, startOf(7 * DAY, HOUR), 1),
    monthAgo: then(monthAgo, startOf(30 * DAY, DAY), 1),
    quarterAgo: then(quarterAgo, startOf(90 * DAY, DAY), 1),
    asOf: new Date().toISOString(),
    ...more,
  }
}

function parts(by: keyof typeof PARTS, accounts: number): TrendData[] {
  return PARTS[by].flatMap(([value, peers], index) =>
    (['peers_total', 'peers_online'] as const).map((name) => {
      const of = name === 'peers_online' ? Math.round(0.94 * peers) : peers
      return trend(name, accounts, [of, of, Math.max(0, of - 1), Math.max(0, of - 3), index > 3 ? null : Math.max(0, of - 6)], { by, value, isOther: by === 'version' && index === 10 })
    }),
  )
}

/** Now against then, as the API tells it. */
export function trends(query: URLSearchParams): TrendData[] {
  const accounts = query.has('accountId') ? 1 : 2
  const by = (query.get('by')?.split(',') ?? []) as (keyof typeof PARTS)[]
  const usual = by.length > 0 ? [] : NAMES.filter((name) => !BY_THE_HOUR[name])
  const wanted = query.get('series')?.split(',') ?? usual
  return [...NAMES.filter((name) => wanted.includes(name)).map((name) => trend(name, accounts, NUMBERS[name])), ...by.flatMap((one) => parts(one, accounts))]
}
