import { useCan } from '@/api/client'
import { useAccounts } from '@/queries/accounts'
import { useAccountFilter } from './accountFilter'

/** Whose network is asked about: the address says it, else the header, else it is the first. */
export function useAskedAccount(of: string | undefined) {
  const maySee = useCan('accounts:read')
  const query = useAccounts(maySee)
  const { data } = query
  const filter = useAccountFilter()
  const accounts = data ?? []
  const accountId = of ?? filter ?? accounts[0]?.id
  return { query, maySee, accounts, accountId, isGone: data !== undefined && !accounts.some(({ id }) => id === accountId), hasNone: data?.length === 0 }
}
