import { useUser } from '@/api/client'
import type { UserProfile } from '@/api/types'
import { plural } from '@/lib/numbers'

function rest({ tenants, tenantId, signInMethod, hasPassword }: UserProfile): string {
  if (!hasPassword) return 'Signing in with single sign-on may bring you back.'
  if (signInMethod !== 'password') return 'If it is your only tenant, your account is deleted too.'
  const others = tenants.filter(({ id }) => id !== tenantId)
  const [first] = others
  if (!first) return 'It is your only tenant, so your account is deleted too.'
  return `You stay in ${others.length === 1 ? first.name : `your ${plural(others.length, 'other tenant')}`}. Only somebody in this one can bring you back.`
}

/** What leaving the tenant does to the signed-in person, in words. */
export const useLeaving = (): string => `Your access ends at once and your API tokens for it are revoked. What you made stays. ${rest(useUser())}`
