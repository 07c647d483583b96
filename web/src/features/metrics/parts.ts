import type { DashboardMetrics } from '@/api/types'
import type { ChartLine } from '@/components/chart/Chart'
import { partLook, REST_LOOK } from '@/components/chart/looks'
import { valueWords } from '@/components/metrics/series'
import type { Told } from './rows'
import { texts } from './texts'

type Part = DashboardMetrics['parts'][number]

/** By what peers are told apart, and what those have in common that say nothing. */
export const BREAKDOWNS = {
  group: { title: texts.parts.by.group, none: texts.parts.none.group },
  os: { title: texts.parts.by.os, none: texts.parts.none.os },
  version: { title: texts.parts.by.version, none: texts.parts.none.version },
  country: { title: texts.parts.by.country, none: texts.parts.none.country },
} as const

export type By = keyof typeof BREAKDOWNS

export const isBreakdown = (value: string | undefined): value is By => value !== undefined && Object.hasOwn(BREAKDOWNS, value)

let countries: Intl.DisplayNames | undefined

/** NetBird tells a country by its code. */
function countryName(code: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code
  try {
    countries ??= new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' })
    return countries.of(code.toUpperCase()) ?? code
  } catch {
    return code
  }
}

export function partTitle({ by, value, isOther }: Pick<Part, 'by' | 'value' | 'isOther'>): string {
  if (isOther) return texts.parts.other
  if (value === '') return BREAKDOWNS[by].none
  return by === 'country' ? countryName(value) : value
}

export type Which = 'total' | 'online'

const idOf = ({ value, isOther }: Part): string => (isOther ? 'other' : `value ${value}`)

/** The parts as lines, in the order of the API: the greatest first, all others last. */
export const linesOf = (parts: readonly Part[], which: Which): ChartLine[] =>
  parts.map((part, index) => ({ id: idOf(part), title: partTitle(part), values: part.points.map((point) => point[which] ?? null), ...(part.isOther ? REST_LOOK : partLook(index)) }))

/** And as columns. */
export const columnsOf = (parts: readonly Part[], which: Which): Told[] =>
  parts.map((part) => ({ id: idOf(part), title: partTitle(part), say: (value) => valueWords('peers', value), points: part.points.map((point) => ({ time: point.time, value: point[which] ?? null })) }))
