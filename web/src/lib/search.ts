/** Reading of address parameters: anything that is not understood counts as not given. */

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export function oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === value)
}

/** A comma-separated list, in the order of `allowed`. */
export function someOf<const T extends string>(value: unknown, allowed: readonly T[]): T[] | undefined {
  const given = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
  const known = allowed.filter((candidate) => given.includes(candidate))
  return known.length > 0 ? known : undefined
}

/**
 * A route's parameters. Those that were not understood are named, as undefined: the router lays them over
 * the raw ones of the address, which would come through where a name is missing.
 */
export const understood = <T extends object>(search: T) => search as { [Key in keyof T]?: Exclude<T[Key], undefined> }

export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))

export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    const written = Array.isArray(value) ? value.join(',') : value
    if (typeof written === 'string' && written !== '') parameters.set(key, written)
  }
  const query = parameters.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return query === '' ? '' : `?${query}`
}
