import { duration } from '@/lib/time'
import { wholeNumber } from './wholeNumber'

/** Stands where nothing sensible is written yet. */
export const BLANK = '…'

export const minutes = (text: string): number | undefined => wholeNumber(text, 0)

export const lasting = (length: number | undefined): string => (length === undefined ? BLANK : duration(length * 60_000))
