import { useNavigate } from '@tanstack/react-router'
import { session, useUser } from '@/api/client'
import { announce, announceFailure } from '@/components/announcements'
import { texts } from './onDemandTexts'
import { useLeaving } from './useLeaving'

/** The tenants of whoever is signed in, and the way to another. */
export function useTenants(onNavigate: (() => void) | undefined) {
  const user = useUser()
  const navigate = useNavigate()
  const { leave, question } = useLeaving()
  const switchTo = (id: string) => {
    const name = user.tenants.find((tenant) => tenant.id === id)?.name ?? texts.tenantMenuItems.other
    // What the address named belongs to the tenant before.
    session
      .switchTenant(id)
      .then(() => announce(texts.tenantMenuItems.switched({ name })))
      .catch(announceFailure)
  }
  // A session that single sign-on began stays where it began.
  const isConfined = user.signInMethod === 'sso'
  return {
    present: user.tenantId,
    tenants: isConfined ? user.tenants.filter(({ id }) => id === user.tenantId) : user.tenants,
    isConfined,
    choose: (id: string) => {
      if (id !== user.tenantId) leave(() => switchTo(id))
    },
    toSettings: () => {
      onNavigate?.()
      void navigate({ to: '/settings/tenant' })
    },
    leave,
    /** Asked before what was typed is left. */
    question,
  }
}
