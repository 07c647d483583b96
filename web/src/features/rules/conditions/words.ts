import { duration } from '@/lib/time'

/** Stands where nothing sensible is written yet. */
export const BLANK = '…'

export const lasting = (length: number | undefined): string => (length === undefined ? BLANK : duration(length * 60_000))
