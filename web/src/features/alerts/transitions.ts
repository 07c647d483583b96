import type { Alert } from '@/api/types'
import type { AlertAction } from '@/queries/alerts'
import { BUILT_IN_RULE } from '@/queries/rules'

/** Which acts an alert's state allows; the API refuses the others as conflicts. */
export const may: Record<AlertAction, (alert: Alert) => boolean> = {
  acknowledge: ({ status }) => status === 'open',
  // What tells that an account cannot be read has no rule that could hold it back.
  suppress: ({ status, ruleId }) => (status === 'open' || status === 'acknowledged') && ruleId !== BUILT_IN_RULE,
  reopen: ({ status }) => status === 'suppressed',
  resolve: ({ status }) => status !== 'resolved',
}
