import { listed } from '@/lib/numbers'
import type { Filter, Option } from './definition'

type Known<T> = Pick<Filter<T>, 'options' | 'word'>

export const wordOf = <T>({ options = [], word }: Known<T>, value: string): string => options.find((option) => option.value === value)?.label ?? word?.(value) ?? value

/** "Offline or Unconfirmed" */
export const chosenWords = <T>(filter: Known<T>, values: readonly string[]): string => listed(values.map((value) => wordOf(filter, value)), 'or')

/** All values of a filter that are known, those that are chosen among them, with their counts. */
export function withCounts<T>(filter: Known<T>, asked: readonly Option[] | undefined, counts: ReadonlyMap<string, number> | undefined, chosen: readonly string[]): readonly Option[] {
  const known = new Map<string, Option>([...(filter.options ?? []), ...(asked ?? [])].map((option) => [option.value, option]))
  const more = [...(counts?.keys() ?? []), ...chosen].filter((value) => !known.has(value))
  const others = [...new Set(more)].map((value): Option => ({ value, label: wordOf(filter, value) }))
  others.sort((one, other) => one.label.localeCompare(other.label))
  // In a list that is here whole, what has no row has none.
  return [...known.values(), ...others].map((option) => ({ ...option, count: counts ? (counts.get(option.value) ?? 0) : option.count }))
}
