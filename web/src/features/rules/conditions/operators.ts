import type { CountOperator } from '@/api/types'
import { texts } from './texts'

/** In words, after “the number”. */
export const OPERATORS: Record<CountOperator, string> = {
  less_than: texts.operators.less_than,
  less_than_or_equal: texts.operators.less_than_or_equal,
  equals: texts.operators.equals,
  not_equals: texts.operators.not_equals,
  greater_than_or_equal: texts.operators.greater_than_or_equal,
  greater_than: texts.operators.greater_than,
}
