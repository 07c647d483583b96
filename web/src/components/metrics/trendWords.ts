import type { TrendData } from '@/api/types'
import { named } from '@/lib/named'
import { lookOf, valueWords } from './series'

type Then = TrendData['dayAgo']

/** What is counted, and of how long. */
const TITLES: Readonly<Record<string, string>> = {
  sync_failures: 'Minutes with a failed sync, 24 h',
  peer_departures: 'Went offline, 24 h',
  peer_flaps: 'Gone between two syncs, 24 h',
  alerts_open: 'Active alerts',
  alerts_triggered: 'Alerts fired, 24 h',
}

export const trendTitle = (name: string): string => named(TITLES, name, () => lookOf(name).title)

/** What now is held against, by the range that is looked at. */
const AGAINST = {
  '24h': { of: 'dayAgo', title: 'A day ago' },
  '7d': { of: 'weekAgo', title: 'A week ago' },
  '30d': { of: 'monthAgo', title: '30 days ago' },
  '90d': { of: 'quarterAgo', title: '90 days ago' },
  // The longest that there are trends of.
  '2y': { of: 'quarterAgo', title: '90 days ago' },
} as const satisfies Record<string, { of: keyof TrendData; title: string }>

export type Against = (typeof AGAINST)[keyof typeof AGAINST]

export const againstOf = (range: keyof typeof AGAINST): Against => AGAINST[range]

const percent = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

/** By how much it changed since, with a sign: "+2 (+3.6 %)". Undefined where that is not known. */
export function changeWords(unit: string, { change, changePercent }: Pick<Then, 'change' | 'changePercent'>): string | undefined {
  if (typeof change !== 'number') return undefined
  if (change === 0) return 'unchanged'
  const sign = change > 0 ? '+' : '−'
  // A percentage of a percentage is read as one or the other.
  if (unit === 'percent') return `${sign}${percent.format(Math.abs(change))}\u00a0points`
  const amount = sign + valueWords(unit, Math.abs(change))
  const parts = typeof changePercent === 'number' ? [amount, `(${sign}${percent.format(Math.abs(changePercent))} %)`] : [amount]
  // In a narrow column the line ends between the two, and in neither.
  return parts.map((part) => part.replaceAll(' ', '\u00a0')).join(' ')
}
