import { Ban, CircleCheck, CircleDotDashed, CircleQuestionMark, type LucideIcon } from 'lucide-react'
import type { AccessMatrix } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { grouped, plural } from '@/lib/numbers'

export type Cell = AccessMatrix['cells'][number]
export type Group = AccessMatrix['groups'][number]

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const LOOKS: Record<Cell['verdict'], Look> = {
  allowed: { tone: 'ok', icon: CircleCheck, word: 'Allowed' },
  partial: { tone: 'info', icon: CircleDotDashed, word: 'Allowed for some' },
  denied: { tone: 'bad', icon: Ban, word: 'Denied by a rule' },
  unknown: { tone: 'warn', icon: CircleQuestionMark, word: 'Not known' },
}

export const verdictLook = (verdict: string): Look => named<Look>(LOOKS, verdict, (word) => ({ tone: 'muted', icon: CircleQuestionMark, word }))

export const VERDICTS = Object.values(LOOKS)

/** By row and column. */
export function byPlace({ cells }: AccessMatrix): ReadonlyMap<string, Cell> {
  return new Map(cells.map((cell) => [placeOf(cell.from, cell.to), cell]))
}

export const placeOf = (from: string, to: string): string => `${from} ${to}`

/** "TCP 22, TCP 443"; all that may be open where nothing is for sure. */
export function servicesOf({ open, mayBeOpen }: Cell): string {
  return (open.length > 0 ? open : mayBeOpen).join(', ')
}

/** "Allowed for some on TCP 22: 12 of 40 pairs" */
export function cellWords(cell: Cell): string {
  const { verdict, pairs, allowed, unknown, drops } = cell
  const services = servicesOf(cell)
  const of = verdict === 'denied' ? '' : `: ${verdict === 'unknown' ? grouped(unknown) : grouped(allowed)} of ${plural(pairs, 'pair')}`
  const less = drops && verdict !== 'denied' ? ', less what a rule drops' : ''
  return `${verdictLook(verdict).word}${services === '' ? '' : ` on ${services}`}${of}${less}`
}
