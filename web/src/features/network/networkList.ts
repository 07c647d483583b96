import { useMemo } from 'react'
import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import { useListAddress } from '@/components/list/address'
import type { ListDefinition } from '@/components/list/definition'

/**
 * A list of the connected networks, and what its address asks for. It names the account where there are several.
 * `definitionFor` stays the same from one drawing to the next.
 */
export function useNetworkList<T>(definitionFor: (severalAccounts: boolean) => ListDefinition<T>) {
  const severalAccounts = useAccountsInView().length > 1
  const definition = useMemo(() => definitionFor(severalAccounts), [definitionFor, severalAccounts])
  return { definition, accountId: useAccountFilter(), ...useListAddress(definition) }
}
