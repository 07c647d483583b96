import type { NamedRef } from '@/api/types'
import { grouped, listed } from './numbers'

/** What has no name, or an empty one, has its id; it is said to be gone only where that is known. */
export const nameOf = ({ id, name, isGone }: NamedRef): string => name || (isGone ? `${id} (gone)` : id)

/** "a", "a and b", "a, b and c"; of a longer list, of which the first are named, "a, b and 7 more". */
export function namesOf(refs: readonly NamedRef[], count: number | undefined = refs.length): string {
  const rest = count - refs.length
  return listed([...refs.map(nameOf), ...(rest > 0 ? [`${grouped(rest)} more`] : [])])
}
