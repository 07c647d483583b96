import { useCan } from '@/api/client'
import { useAccounts } from '@/queries/accounts'
import { useAccountFilter } from './accountFilter'

/** A log is one account's: the chosen one's, or that of the oldest. Whose it is, where there are others. */
export function useWhose(items: readonly { accountId: string }[] | undefined): string | undefined {
  const accountId = useAccountFilter()
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const shown = accountId ?? items?.[0]?.accountId
  return accounts && accounts.length > 1 ? accounts.find(({ id }) => id === shown)?.name : undefined
}
