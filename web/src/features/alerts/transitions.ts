import type { Alert } from '@/api/types'
import type { AlertAction } from '@/queries/alerts'

/** Which acts an alert's state allows; the API refuses the others as conflicts. */
export const may: Record<AlertAction, (alert: Alert) => boolean> = {
  acknowledge: ({ status }) => status === 'open',
  suppress: ({ status }) => status === 'open' || status === 'acknowledged',
  reopen: ({ status }) => status === 'suppressed',
  resolve: ({ status }) => status !== 'resolved',
}
