/** "moon_phase" as people write it: "Moon phase". */
export function wordsOf(value: string): string {
  const words = value.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a table says of a value, or what is made of its own name: a newer API may say what this page has never heard of. */
export function named<T>(table: Readonly<Record<string, T>>, value: string, unknown: (words: string) => T): T {
  return Object.hasOwn(table, value) ? (table[value] as T) : unknown(wordsOf(value))
}
