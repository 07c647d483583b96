import type { Policy } from '@/api/types'
import { tryOne, type TrySearch } from '@/lib/tried'

/** A change of a row's thing that can be tried: the page of that with it filled in. */
export interface Try {
  label: string
  search: TrySearch
}

export const policyTries = ({ accountId, id, enabled }: Pick<Policy, 'accountId' | 'id' | 'enabled'>): Try[] => [
  { label: enabled ? 'Switch it off' : 'Switch it on', search: tryOne(accountId, { type: 'policy_switch', id, enabled: !enabled }) },
  { label: 'Delete it', search: tryOne(accountId, { type: 'policy_delete', id }) },
  { label: 'Change it', search: { of: accountId, add: 'change-policy', about: `policy:${id}` } },
]

export const groupTries = (accountId: string, id: string): Try[] => [
  { label: 'Add or remove peers', search: { of: accountId, add: 'members', about: `group:${id}` } },
  { label: 'Add a policy from it', search: { of: accountId, add: 'new-policy', about: `group:${id}` } },
]

/** Whether it joins a group, which is to be chosen. */
export const peerTry = (accountId: string, id: string): TrySearch => ({ of: accountId, add: 'members', about: `peer:${id}` })

/** What somebody did, done otherwise: undefined of what cannot be tried. */
export function changedTry(accountId: string, resource: string, id: string): TrySearch | undefined {
  if (id === '') return undefined
  if (resource === 'policies') return { of: accountId, add: 'change-policy', about: `policy:${id}` }
  if (resource === 'groups') return { of: accountId, add: 'members', about: `group:${id}` }
  if (resource === 'network_routers') return { of: accountId, add: 'switch-router', about: `router:${id}` }
  return resource === 'network_resources' ? { of: accountId, add: 'switch-resource', about: `resource:${id}` } : undefined
}
