import type { RuleHistoryTest } from '@/api/types'
import { texts } from './formTexts'

type Past = Pick<RuleHistoryTest, 'alerts' | 'omitted' | 'messages'>

/** How often it would have fired, and how much it would have said. */
export function pastInWords({ alerts, omitted, messages }: Past): string {
  const count = alerts.length + omitted
  if (count === 0) return texts.pastInWords.wouldNotHaveFired
  const times = count === 1 ? 'once' : texts.pastInWords.times({ count })
  const sent = messages === 0 ? texts.pastInWords.nobodyWouldHaveBeen : texts.pastInWords.eachItsChannelsWould({ messages })
  return texts.pastInWords.wouldHaveFired({ times, sent })
}

interface Span {
  from: string
  /** Absent where it goes on. */
  to?: string | null
}

export interface Mark {
  /** Parts of the whole, 0 to 1. */
  left: number
  width: number
}

/** Where a stretch of time stands between two moments; nothing where it lies outside. */
export function markOf({ from, to }: Span, between: { from: string; to: string }): Mark | undefined {
  const [begin, end] = [Date.parse(between.from), Date.parse(between.to)]
  const length = end - begin
  const left = Math.max(begin, Date.parse(from))
  const right = Math.min(end, to ? Date.parse(to) : end)
  return length > 0 && right >= left ? { left: (left - begin) / length, width: (right - left) / length } : undefined
}

/** How long all stretches are together, where some of them overlap. */
export function together(spans: readonly { from: string; to: string }[]): number {
  let [sum, until] = [0, -Infinity]
  for (const { from, to } of [...spans].sort((one, other) => Date.parse(one.from) - Date.parse(other.from))) {
    const [begin, end] = [Math.max(Date.parse(from), until), Date.parse(to)]
    if (end > begin) sum += end - begin
    until = Math.max(until, end)
  }
  return sum
}
