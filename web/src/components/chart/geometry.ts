import { DAY, HOUR } from '@/lib/time'

/** A value at each of a chart's times; null where nothing is known, which is never drawn as zero. */
export type Values = readonly (number | null)[]

export interface Run {
  first: number
  last: number
}

/** The stretches where something is known, or where nothing is. */
function stretches(values: Values, isIn: (value: number | null) => boolean): Run[] {
  const found: Run[] = []
  values.forEach((value, index) => {
    if (!isIn(value)) return
    const before = found.at(-1)
    if (before?.last === index - 1) before.last = index
    else found.push({ first: index, last: index })
  })
  return found
}

export const runs = (values: Values): Run[] => stretches(values, (value) => value !== null)

/** Where no line knows anything. */
export function gaps(lines: readonly Values[]): Run[] {
  const length = lines.reduce((most, values) => Math.max(most, values.length), 0)
  const known = Array.from({ length }, (_, index) => lines.find((values) => (values[index] ?? null) !== null)?.[index] ?? null)
  return stretches(known, (value) => value === null)
}

type Place = (at: number) => number

const rounded = (pixels: number): string => String(Math.round(pixels * 10) / 10)

/** A line that ends before each gap and begins again after it; a point between two gaps is a dot of a round pen. */
export function linePath(values: Values, x: Place, y: Place): string {
  return runs(values)
    .map(({ first, last }) => {
      const points = values.slice(first, last + 1).map((value, index) => `${rounded(x(first + index))} ${rounded(y(value ?? 0))}`)
      return first === last ? `M${points[0] ?? ''}h0` : `M${points.join('L')}`
    })
    .join('')
}

/** What lies between the line and zero, without its gaps. */
export function areaPath(values: Values, x: Place, y: Place): string {
  return runs(values)
    .filter(({ first, last }) => last > first)
    .map((run) => `${linePath(values.slice(run.first, run.last + 1), (index) => x(run.first + index), y)}L${rounded(x(run.last))} ${rounded(y(0))}L${rounded(x(run.first))} ${rounded(y(0))}Z`)
    .join('')
}

export interface Band {
  lower: Values
  upper: Values
}

/** Each line on top of those before it. Where any of them is known, one that is not has nothing to add; where none is, it is a gap. */
export function stacked(lines: readonly Values[]): Band[] {
  const length = lines.reduce((most, values) => Math.max(most, values.length), 0)
  let below: Values = Array.from({ length }, (_, index) => (lines.some((values) => (values[index] ?? null) !== null) ? 0 : null))
  return lines.map((values) => {
    const lower = below
    below = lower.map((value, index) => (value === null ? null : value + (values[index] ?? 0)))
    return { lower, upper: below }
  })
}

/** What lies between two lines that are known at the same times. */
export function bandPath({ lower, upper }: Band, x: Place, y: Place): string {
  const at = (values: Values, index: number) => `${rounded(x(index))} ${rounded(y(values[index] ?? 0))}`
  return runs(upper)
    .map(({ first, last }) => {
      const places = Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
      return `M${places.map((index) => at(upper, index)).join('L')}L${places.reverse().map((index) => at(lower, index)).join('L')}Z`
    })
    .join('')
}

const ROUND = [1, 2, 5, 10]

/** Round values from zero to the greatest, or the one beyond it; whole ones where the values are counts. */
export function valueTicks(greatest: number, most: number, isWhole: boolean): number[] {
  if (greatest <= 0) return [0, 1]
  const size = 10 ** Math.floor(Math.log10(greatest / most))
  const fitting = ROUND.map((factor) => factor * size).find((step) => Math.ceil(greatest / step) <= most) ?? 10 * size
  const step = isWhole ? Math.max(1, fitting) : fitting
  // By multiplication: sums of tenths are no tenths.
  return Array.from({ length: Math.ceil(greatest / step) + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

const HOURS = [1, 2, 3, 6, 12]
const DAYS = [1, 2, 7, 14, 30, 90, 180]

function beginning(of: Date, hours: number): Date {
  const day = new Date(of.getFullYear(), of.getMonth(), of.getDate())
  if (hours > 0) day.setHours(Math.floor(of.getHours() / hours) * hours)
  return day
}

/** Round times of the reader's zone between two moments, at most so many. */
export function timeTicks(from: number, to: number, most: number): number[] {
  const length = to - from
  const hours = HOURS.find((count) => length / (count * HOUR) <= most) ?? 0
  const days = hours > 0 ? 0 : (DAYS.find((count) => length / (count * DAY) <= most) ?? 365)
  const found: number[] = []
  for (let at = beginning(new Date(from), hours); at.getTime() < to; at = new Date(at)) {
    if (at.getTime() >= from) found.push(at.getTime())
    // In hours and days of the zone, some of which are longer than others.
    if (hours > 0) at.setHours(at.getHours() + hours)
    else at.setDate(at.getDate() + days)
  }
  return found
}
