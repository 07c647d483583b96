import type { TrendData } from '@/api/types'
import { valueWords } from '@/components/metrics/series'

type Then = TrendData['dayAgo']

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
