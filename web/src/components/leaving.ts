import { useUser } from '@/api/client'
import type { UserProfile } from '@/api/types'
import { texts } from './texts/membership'

function rest({ tenants, tenantId, signInMethod, hasPassword }: UserProfile): string {
  if (!hasPassword) return texts.leaving.ssoAgain
  if (signInMethod !== 'password') return texts.leaving.ifOnly
  const others = tenants.filter(({ id }) => id !== tenantId)
  const [first] = others
  if (!first) return texts.leaving.only
  return others.length === 1 ? texts.leaving.stayInOne({ name: first.name }) : texts.leaving.stayInSeveral({ count: others.length })
}

/** What leaving the tenant does to the signed-in person, in words. */
export const useLeaving = (): string => texts.leaving.means({ rest: rest(useUser()) })
