import type { DashboardMetrics } from '@/api/types'
import { listed } from '@/lib/numbers'
import { useAccountsInView } from '../accountFilter'
import { texts } from './texts'

/** Accounts that are in no sum, which would look smaller than it is. */
export function WithoutData({ metrics: { accounts, accountsWithoutData } }: { metrics: DashboardMetrics }) {
  const names = useAccountsInView().filter(({ id }) => accountsWithoutData.includes(id)).map(({ name }) => name)
  if (accountsWithoutData.length === 0 || accountsWithoutData.length === accounts) return null
  const without = names.length === accountsWithoutData.length ? listed(names) : texts.withoutData.count({ count: accountsWithoutData.length })
  return <p className="text-13 text-text-3">{texts.withoutData.words({ accounts: without })}</p>
}
