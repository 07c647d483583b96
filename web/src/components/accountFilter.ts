import { useSearch } from '@tanstack/react-router'
import { useCan } from '@/api/client'
import type { Account } from '@/api/types'
import { useAccounts } from '@/queries/accounts'

/** The account chosen in the header, which is part of every page's address. */
export function useAccountFilter(): string | undefined {
  return useSearch({ strict: false }).account
}

/** The accounts that the page is about: the chosen one, or all. */
export function useAccountsInView(): Account[] {
  const chosen = useAccountFilter()
  const accounts = useAccounts(useCan('accounts:read')).data ?? []
  return chosen === undefined ? accounts : accounts.filter((account) => account.id === chosen)
}
