/** In small letters, each by itself, as the API lowers them. */
const lowered = (text: string): string => Array.from(text, (letter) => letter.toLowerCase()).join('')

/** Whether a name fits a pattern in which `*` stands for any characters, as the API compares them. */
export function fits(pattern: string, name: string): boolean {
  const [first = '', ...between] = lowered(pattern).split('*')
  const last = between.pop()
  const whole = lowered(name)
  if (last === undefined) return whole === first
  // What it ends with does not begin before what it begins with is over.
  const end = whole.length - last.length
  if (end < first.length || !whole.startsWith(first) || !whole.endsWith(last)) return false
  const rest = whole.slice(0, end)
  let at = first.length
  for (const piece of between) {
    const found = rest.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return true
}

/** The longest part of a pattern that stands for itself: what every name that fits has in it. */
export const literalOf = (pattern: string): string => pattern.split('*').reduce((longest, part) => (part.length > longest.length ? part : longest), '').trim()

export const isPattern = (text: string): boolean => text.includes('*')
