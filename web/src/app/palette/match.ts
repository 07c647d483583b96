const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Whether two words differ by one letter: one too many, one too few, another one, or two in the other order. */
function isAlmost(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  let end = 0
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)]
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && right === `${left.charAt(1)}${left.charAt(0)}`)
}

/** Shorter words are typed right, or mean something else. */
const FORGIVEN_FROM = 4

/**
 * Whether what is typed finds a command by its label or other words: each word typed is somewhere in it, or is one slip
 * away from the beginning of a word of it.
 */
export function finds(typed: string, label: string, words: readonly string[] = []): boolean {
  const text = plain([label, ...words].join(' '))
  const parts = text.split(/[\s/]+/)
  return plain(typed)
    .split(/\s+/)
    .every((word) => text.includes(word) || (word.length >= FORGIVEN_FROM && parts.some((part) => isAlmost(word, part.slice(0, word.length)) || isAlmost(word, part.slice(0, word.length + 1)) || isAlmost(word, part))))
}

/** The first so many, where no group takes the place of another. */
export function fairly<T extends { group: string }>(commands: readonly T[], most: number): T[] {
  const sizes = new Map<string, number>()
  for (const { group } of commands) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const shown = (each: number) => [...sizes.values()].reduce((sum, size) => sum + Math.min(size, each), 0)
  let each = most
  while (each > 1 && shown(each) > most) each -= 1
  const before = new Map<string, number>()
  return commands.filter(({ group }) => {
    const place = before.get(group) ?? 0
    before.set(group, place + 1)
    return place < each
  })
}
