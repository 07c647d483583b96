import type { NamedRef } from '@/api/types'
import { listed } from '@/lib/numbers'

/** What is gone has an id and no name. */
export const nameOf = ({ id, name }: NamedRef): string => name ?? `${id} (gone)`

/** "a", "a and b", "a, b and c". */
export const namesOf = (refs: readonly NamedRef[]): string => listed(refs.map(nameOf))
