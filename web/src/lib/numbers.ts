/** The texts are English, whatever the browser's language is; as in English of Europe, no comma stands before "and". */
const TEXTS_ARE = 'en-GB'

const integers = new Intl.NumberFormat(undefined)
const plurals = new Intl.PluralRules(TEXTS_ARE)
const lists = {
  and: new Intl.ListFormat(TEXTS_ARE, { type: 'conjunction' }),
  or: new Intl.ListFormat(TEXTS_ARE, { type: 'disjunction' }),
}

/** What stands where nothing is known. Never zero: zero is a fact. */
export const UNKNOWN = '—'

export const grouped = (value: number): string => integers.format(value)

/** What a count asks for, each form a whole: one text for 1, another for every other number. */
export interface Forms<T> {
  one: T
  other: T
}

/** The form that goes with a count: `byCount(left, { one: '1 row is left', other: `${grouped(left)} rows are left` })`. */
export const byCount = <T>(count: number, { one, other }: Forms<T>): T => (plurals.select(count) === 'one' ? one : other)

/** "1 peer", "1,200 peers" */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${byCount(count, { one, other: many })}`
}

/** The same of things that are more than text: themselves, and what stands between them. */
export const listedParts = <P>(items: readonly P[]): (P | string)[] =>
  lists.and.formatToParts(items.map((_, index) => String(index))).map(({ type, value }) => (type === 'element' ? (items[Number(value)] as P) : value))

/** "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[], conjunction: keyof typeof lists = 'and'): string => lists[conjunction].format(words)
