const integers = new Intl.NumberFormat(undefined)

/** What stands where nothing is known. Never zero: zero is a fact. */
export const UNKNOWN = '—'

export const grouped = (value: number): string => integers.format(value)

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], conjunction = 'and'): string {
  const last = words.at(-1)
  if (last === undefined || words.length === 1) return last ?? ''
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`
}
