const SPECIAL = /[.+^${}()|[\]\\]/g

/** Whether a name fits a pattern in which `*` stands for any characters and `?` for one, as the API compares them. */
export function fits(pattern: string, name: string): boolean {
  const source = pattern.replace(SPECIAL, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'isu').test(name)
}

/** The longest part of a pattern that stands for itself: what every name that fits has in it. */
export const literalOf = (pattern: string): string => pattern.split(/[*?]+/).reduce((longest, part) => (part.length > longest.length ? part : longest), '').trim()

export const isPattern = (text: string): boolean => /[*?]/.test(text)
