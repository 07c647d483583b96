import type { CountOperator } from '@/api/types'

/** In words, after “the number”. */
export const OPERATORS: Record<CountOperator, string> = {
  less_than: 'is below',
  less_than_or_equal: 'is at most',
  equals: 'is exactly',
  not_equals: 'is not',
  greater_than_or_equal: 'is at least',
  greater_than: 'is above',
}
